internal import Evidence
internal import NIOCore

/// What the pool has with one destination: its connections, and who waits for one. Bound to the pool's loop.
///
/// Its connections hold it, and it holds the pool, until ``UpstreamPool/shutdown()``.
final class UpstreamPeer {
  struct Key: Hashable {
    let destination: Destination
    let isSecure: Bool
  }

  private struct Waiter {
    let promise: EventLoopPromise<any UpstreamTransport>
    let wantsHTTP2: Bool
  }

  private let key: Key
  private let pool: UpstreamPool
  /// The one used last is at the end and is used next: the others can grow old.
  private var idle: [HTTP1Connection] = []
  private var http1Count = 0
  private var http2: [HTTP2Connection] = []
  private var waiters: [Waiter] = []
  /// Connections being opened for whoever waits.
  private var connecting = 0
  /// Connections being opened for one exchange each.
  private var connectingFresh = 0
  private var isConnectingHTTP2 = false
  /// Learned from the last ALPN that offered HTTP/2.
  private var refusesHTTP2: Bool
  private var isServing = false
  private var mustServeAgain = false

  init(_ key: Key, pool: UpstreamPool) {
    self.key = key
    self.pool = pool
    refusesHTTP2 = !key.isSecure
  }

  /// Nothing here, and nobody waiting.
  var isEmpty: Bool {
    http1Count == 0 && http2.isEmpty && waiters.isEmpty && connecting + connectingFresh == 0 && !isConnectingHTTP2
  }

  /// A transport on a connection that there is, or else on a new one.
  func lease(wantsHTTP2: Bool) -> EventLoopFuture<any UpstreamTransport> {
    guard waiters.count < UpstreamLimits.waitersPerDestination else {
      return pool.loop.makeFailedFuture(tooMany("\(waiters.count) requests wait for a connection already"))
    }
    let promise = pool.loop.makePromise(of: (any UpstreamTransport).self)
    waiters.append(Waiter(promise: promise, wantsHTTP2: wantsHTTP2))
    serve()
    return promise.futureResult
  }

  /// A transport of HTTP/1.1 that is there and for which nobody waits.
  func leaseIdle() -> (any UpstreamTransport)? {
    waiters.isEmpty && !isServing ? takeIdle() : nil
  }

  /// A transport on a connection made for it.
  func leaseFresh(wantsHTTP2: Bool) -> EventLoopFuture<any UpstreamTransport> {
    guard hasRoomForHTTP1 else {
      return pool.loop.makeFailedFuture(tooMany("\(http1Count) connections are open"))
    }
    connectingFresh += 1
    let promise = pool.loop.makePromise(of: (any UpstreamTransport).self)
    connect(offersHTTP2: wantsHTTP2 && !refusesHTTP2).assumeIsolated().whenComplete { result in
      self.connectingFresh -= 1
      switch result {
      case .failure(let error): promise.fail(error)
      case .success(let connection):
        self.begin(on: connection).assumeIsolated().whenComplete { promise.assumeIsolated().completeWith($0) }
      }
      self.serve()
    }
    return promise.futureResult
  }

  private var hasRoomForHTTP1: Bool {
    http1Count + connecting + connectingFresh < pool.configuration.connectionsPerDestination
  }

  private func begin(on connection: UpstreamConnection) -> EventLoopFuture<any UpstreamTransport> {
    do {
      switch try register(connection) {
      case .http2(let new): return new.open()
      case .http1(let new):
        new.begin()
        return pool.loop.assumeIsolated().makeSucceededFuture(new)
      }
    } catch {
      connection.channel.close(promise: nil)
      return pool.loop.makeFailedFuture(error)
    }
  }

  private func tooMany(_ reason: String) -> WireError {
    WireError(
      .tooManyConnections, at: key.destination.description, "\(reason), which is the limit.",
      remedy: "Wait for others to end, or raise limits.connections in the policy.")
  }
}

/// Waiters and connections brought together.
extension UpstreamPeer {
  /// Gives waiters what there is, and opens connections for the rest.
  private func serve() {
    // A promise's callback may lease or end an exchange at once.
    guard !isServing else { return mustServeAgain = true }
    isServing = true
    repeat {
      mustServeAgain = false
      let pending = waiters
      waiters = []
      var unserved: [Waiter] = []
      for waiter in pending where !serve(waiter) { unserved.append(waiter) }
      waiters = unserved + waiters
    } while mustServeAgain
    isServing = false
    connectForWaiters()
  }

  private func serve(_ waiter: Waiter) -> Bool {
    if waiter.wantsHTTP2, !refusesHTTP2 {
      guard let connection = http2.first(where: \.hasRoom) else { return false }
      connection.open().assumeIsolated().whenComplete { waiter.promise.assumeIsolated().completeWith($0) }
      return true
    }
    guard let connection = takeIdle() else { return false }
    waiter.promise.assumeIsolated().succeed(connection)
    return true
  }

  /// The connection that was used last, begun anew.
  private func takeIdle() -> HTTP1Connection? {
    while let connection = idle.popLast() {
      guard connection.isAlive else {
        connection.channel.close(promise: nil)
        continue
      }
      connection.begin()
      return connection
    }
    return nil
  }

  private var waitersForHTTP2: Int { refusesHTTP2 ? 0 : waiters.count { $0.wantsHTTP2 } }
  private var waitersForHTTP1: Int { waiters.count - waitersForHTTP2 }

  private func connectForWaiters() {
    if waitersForHTTP2 > 0, !isConnectingHTTP2,
      http2.count(where: { !$0.isDraining }) < UpstreamLimits.http2ConnectionsPerDestination
    {
      isConnectingHTTP2 = true
      connect(offersHTTP2: true).assumeIsolated().whenComplete { result in
        self.isConnectingHTTP2 = false
        self.connected(result, offeredHTTP2: true)
      }
    }
    // Counted anew each time: connecting to a Unix socket is over at once, and so may the waiting be.
    while connecting < waitersForHTTP1, hasRoomForHTTP1 {
      connecting += 1
      connect(offersHTTP2: false).assumeIsolated().whenComplete { result in
        self.connecting -= 1
        self.connected(result, offeredHTTP2: false)
      }
    }
  }

  private func connected(_ result: Result<UpstreamConnection, any Error>, offeredHTTP2: Bool) {
    do {
      let connection = try result.get()
      do {
        if case .http1(let new) = try register(connection, offeredHTTP2: offeredHTTP2) { idle.append(new) }
      } catch {
        connection.channel.close(promise: nil)
        throw error
      }
    } catch {
      fail(offeredHTTP2: offeredHTTP2, with: WireError(upstream: error, at: key.destination))
    }
    serve()
  }

  /// All who wait for the one HTTP/2 connection, or the first who waits for an HTTP/1 one.
  private func fail(offeredHTTP2: Bool, with error: WireError) {
    let isConcerned = { (waiter: Waiter) in (waiter.wantsHTTP2 && !self.refusesHTTP2) == offeredHTTP2 }
    let failed = waiters.filter(isConcerned).prefix(offeredHTTP2 ? .max : 1)
    if offeredHTTP2 {
      waiters.removeAll(where: isConcerned)
    } else if let first = waiters.firstIndex(where: isConcerned) {
      waiters.remove(at: first)
    }
    for waiter in failed { waiter.promise.fail(error) }
  }

  private func connect(offersHTTP2: Bool) -> EventLoopFuture<UpstreamConnection> {
    let protocols = offersHTTP2 ? ["h2", "http/1.1"] : ["http/1.1"]
    let options = key.isSecure ? TLSOptions(serverName: key.destination.host, protocols: protocols) : nil
    return pool.connector.connect(to: key.destination, tls: options, on: pool.loop)
  }

  private enum Registered {
    case http1(HTTP1Connection)
    case http2(HTTP2Connection)
  }

  private func register(_ connection: UpstreamConnection, offeredHTTP2: Bool = false) throws -> Registered {
    guard pool.track(connection.channel) else { throw pool.shutDownError }
    if connection.negotiatedProtocol == "h2" {
      let new = try HTTP2Connection(connection, destination: key.destination, peer: self, limits: pool.limits)
      http2.append(new)
      return .http2(new)
    }
    if offeredHTTP2 { refusesHTTP2 = true }
    let new = try HTTP1Connection(connection, destination: key.destination, peer: self, limits: pool.limits)
    http1Count += 1
    return .http1(new)
  }
}

/// What connections tell.
extension UpstreamPeer {
  /// The exchange is over; a connection that is not reusable is being closed.
  func http1Ended(_ connection: HTTP1Connection, isReusable: Bool) {
    guard isReusable else { return }
    idle.append(connection)
    serve()
    if idle.count > pool.configuration.idleConnectionsPerDestination {
      idle.removeFirst().channel.close(promise: nil)
    }
  }

  func http1Closed(_ connection: HTTP1Connection) {
    http1Count -= 1
    idle.removeAll { $0 === connection }
    pool.forget(connection.channel)
    serve()
  }

  func http2HasRoom() {
    serve()
  }

  func http2Closed(_ connection: HTTP2Connection) {
    http2.removeAll { $0 === connection }
    pool.forget(connection.channel)
    serve()
  }
}

/// What the pool asks for.
extension UpstreamPeer {
  /// Closes what has not been used since `deadline`.
  func closeIdle(since deadline: NIODeadline) {
    for connection in idle where connection.idleSince <= deadline { connection.channel.close(promise: nil) }
    for connection in http2 where connection.openStreams == 0 && connection.idleSince <= deadline { connection.drain() }
  }

  func failWaiters(_ error: WireError) {
    let failed = waiters
    waiters = []
    for waiter in failed { waiter.promise.fail(error) }
  }
}
