package import Evidence
package import NIOCore

/// The upstream connections of one event loop: reused, bounded, and closed when nobody needs them any more.
///
/// Everything is called on that loop, and the streams it gives live on it; not thread-safe. It keeps itself alive
/// while it has connections: whoever made it calls ``shutdown()``.
package final class UpstreamPool {
  package let loop: any EventLoop
  let connector: UpstreamConnector
  let limits: WireLimits
  private var peers: [UpstreamPeer.Key: UpstreamPeer] = [:]
  private var channels: [ObjectIdentifier: any Channel] = [:]
  private var sweep: RepeatedTask?
  private var isShutDown = false

  package init(connector: UpstreamConnector, loop: any EventLoop, limits: WireLimits = WireLimits()) {
    self.connector = connector
    self.loop = loop
    self.limits = limits
  }

  var configuration: UpstreamConfiguration { connector.configuration }

  /// A stream to `destination`, on a connection that is there or a new one.
  ///
  /// - Parameters:
  ///   - scheme: `https` for TLS; anything else is plain.
  ///   - wantsHTTP2: the client speaks HTTP/2, so an upstream that offers it is spoken to likewise; one that does not
  ///     is given HTTP/1.1. Without it only HTTP/1.1 is offered.
  ///   - isDedicated: a connection of its own over HTTP/1.1, for upgrades and tunnels.
  ///   - delegate: held by the stream until the answer is complete.
  /// - Returns: a future of this loop, to be used with `assumeIsolated()`; fails with ``WireError``. Whoever gets the
  ///   stream sends on it or cancels it.
  package func lease(
    to destination: Destination, scheme: String, wantsHTTP2: Bool, isDedicated: Bool = false,
    delegate: any UpstreamStreamDelegate
  ) -> EventLoopFuture<any UpstreamStream> {
    loop.preconditionInEventLoop()
    let request = UpstreamRequest(
      destination: destination, isSecure: scheme == "https", wantsHTTP2: wantsHTTP2 && !isDedicated)
    let stream = PooledStream(pool: self, request: request, delegate: delegate)
    guard !isShutDown else { return loop.makeFailedFuture(shutDownError) }
    let peer = peer(for: request)
    let transport =
      isDedicated ? peer.leaseFresh(wantsHTTP2: false) : peer.lease(wantsHTTP2: request.wantsHTTP2)
    return transport.assumeIsolated().map { transport -> any UpstreamStream in
      stream.attach(transport)
      return stream
    }.nonisolated()
  }

  /// A stream over HTTP/1.1 on a connection to `destination` that is there and idle; `nil` where one is to be waited for
  /// with ``lease(to:scheme:wantsHTTP2:isDedicated:delegate:)``, which costs some promises more.
  package func leaseIdle(
    to destination: Destination, scheme: String, delegate: any UpstreamStreamDelegate
  ) -> (any UpstreamStream)? {
    loop.preconditionInEventLoop()
    let request = UpstreamRequest(destination: destination, isSecure: scheme == "https", wantsHTTP2: false)
    guard !isShutDown, let transport = peer(for: request).leaseIdle() else { return nil }
    let stream = PooledStream(pool: self, request: request, delegate: delegate)
    stream.attach(transport)
    return stream
  }

  /// Closes every connection, which fails the exchanges on them, and refuses new ones.
  /// - Returns: when all are closed.
  @discardableResult
  package func shutdown() -> EventLoopFuture<Void> {
    loop.preconditionInEventLoop()
    isShutDown = true
    sweep?.cancel()
    sweep = nil
    for peer in peers.values { peer.failWaiters(shutDownError) }
    peers = [:]
    let closed = channels.values.map(\.closeFuture)
    for channel in channels.values { channel.closeBothSides() }
    return EventLoopFuture.andAllComplete(closed, on: loop)
  }

  /// Connections open now, idle ones included.
  package var connectionCount: Int { channels.count }

  /// A transport on a connection made now, in the place of one that died before it was used.
  func replacement(for request: UpstreamRequest) -> EventLoopFuture<any UpstreamTransport> {
    guard !isShutDown else { return loop.makeFailedFuture(shutDownError) }
    return peer(for: request).leaseFresh(wantsHTTP2: request.wantsHTTP2)
  }

  private func peer(for request: UpstreamRequest) -> UpstreamPeer {
    let key = UpstreamPeer.Key(destination: request.destination, isSecure: request.isSecure)
    if let known = peers[key] { return known }
    let new = UpstreamPeer(key, pool: self)
    peers[key] = new
    startSweeping()
    return new
  }

  var shutDownError: WireError {
    WireError(.shutDown, at: "upstream pool", "the connections are being closed, because the run is ending.")
  }

  /// - Returns: `false` when the pool is shut down and takes no more.
  func track(_ channel: any Channel) -> Bool {
    guard !isShutDown else { return false }
    channels[ObjectIdentifier(channel)] = channel
    return true
  }

  func forget(_ channel: any Channel) {
    channels[ObjectIdentifier(channel)] = nil
  }

  /// One timer for all connections; it stops when there is nothing left to look after.
  private func startSweeping() {
    guard sweep == nil else { return }
    let interval = TimeAmount.nanoseconds(max(1_000_000, configuration.idleTimeout.nanoseconds / 4))
    let pool = NIOLoopBound(self, eventLoop: loop)
    sweep = loop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in pool.value.closeIdle() }
  }

  private func closeIdle() {
    let deadline = NIODeadline.now() - configuration.idleTimeout
    for peer in peers.values { peer.closeIdle(since: deadline) }
    for (key, peer) in peers where peer.isEmpty { peers[key] = nil }
    guard peers.isEmpty else { return }
    sweep?.cancel()
    sweep = nil
  }
}
