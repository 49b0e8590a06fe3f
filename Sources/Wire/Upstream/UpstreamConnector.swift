package import Evidence
package import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Opens connections to upstreams: where to, whether that may be, and as whom the other side must show itself.
///
/// A name is resolved once, its addresses are checked, and the socket is connected to one of those very addresses.
package final class UpstreamConnector: Sendable {
  package let configuration: UpstreamConfiguration
  private let policy: AddressPolicy
  private let tls: UpstreamTLS
  private let resolver: any AddressResolver
  private let clock: WallClock

  package init(
    configuration: UpstreamConfiguration, tls: UpstreamTLS, resolver: any AddressResolver = SystemResolver(),
    clock: WallClock = .system
  ) {
    self.configuration = configuration
    self.tls = tls
    self.resolver = resolver
    self.clock = clock
    policy = AddressPolicy(grants: configuration.grantedPrivate)
  }

  /// Connects to `destination`, or to where a ``ConnectTo`` sends it.
  ///
  /// - Parameters:
  ///   - options: `nil` for no TLS.
  ///   - loop: everything happens on it, and the future's callbacks run on it. May be called from elsewhere.
  /// - Returns: a future that fails with ``WireError``. See ``UpstreamConnection`` for what its receiver owes.
  package func connect(
    to destination: Destination, tls options: TLSOptions?, on loop: any EventLoop
  ) -> EventLoopFuture<UpstreamConnection> {
    guard loop.inEventLoop else {
      return loop.flatSubmit { self.connect(to: destination, tls: options, on: loop) }
    }
    let route = Route(to: destination, by: configuration.connectTo)
    return candidates(for: route, on: loop)
      .flatMap { ConnectRace.connect(to: $0, timeout: self.configuration.connectTimeout, on: loop) }
      .flatMapErrorThrowing { throw Self.connectError($0, destination, route) }
      .flatMap { self.secured($0, route: route, options: options) }
  }

  /// Fails what still waits for a name; connections that are there stay.
  package func end() { resolver.end() }

  private func candidates(for route: Route, on loop: any EventLoop) -> EventLoopFuture<[SocketAddress]> {
    switch route.place {
    case .unixSocket(let path):
      return loop.makeCompletedFuture { [try SocketAddress(unixDomainSocketPath: path)] }
    case .host(let host, let port):
      let found: EventLoopFuture<[SocketAddress]>
      if let literal = IPAddress(host) {
        found = loop.makeCompletedFuture { [try SocketAddress(ipAddress: literal.description, port: Int(port))] }
      } else {
        found = resolver.addresses(of: host, port: port, on: loop)
      }
      return found.flatMapThrowing { try self.permitted($0, route: route, host: host) }
    }
  }

  /// Leaves out what may not be reached; fails with the reason when nothing is left.
  private func permitted(
    _ addresses: [SocketAddress], route: Route, host: String
  ) throws(WireError) -> [SocketAddress] {
    var refusal: WireError?
    var permitted: [SocketAddress] = []
    for address in addresses {
      do {
        try check(address, route: route, host: host)
        permitted.append(address)
      } catch {
        refusal = refusal ?? error
      }
    }
    if permitted.isEmpty {
      throw refusal ?? WireError(.nameUnresolved, at: host, "the name has no address.")
    }
    return permitted
  }

  private func check(_ address: SocketAddress, route: Route, host: String) throws(WireError) {
    guard !route.isGranted else { return }
    guard let number = IPAddress(address) else {
      throw WireError(.addressRefused, at: host, "a socket of this machine was reached instead of an address.")
    }
    try policy.check(number, host: host)
  }

  private func secured(
    _ channel: any Channel, route: Route, options: TLSOptions?
  ) -> EventLoopFuture<UpstreamConnection> {
    let loop = channel.eventLoop
    do {
      if case .host(let host, _) = route.place {
        // What the kernel says it is connected to, not what we asked for.
        guard let peer = channel.remoteAddress else {
          throw WireError(.connectionLost, at: host, "the server closed the connection at once.")
        }
        try check(peer, route: route, host: host)
      }
      let address = Self.text(of: channel, route: route)
      guard let options else {
        return loop.makeSucceededFuture(
          UpstreamConnection(channel: channel, negotiatedProtocol: nil, remoteAddress: address))
      }
      let promise = loop.makePromise(of: String?.self)
      let isLiteral = IPAddress(options.serverName) != nil
      let handler = try NIOSSLClientHandler(
        context: try tls.context(for: options.protocols), serverHostname: isLiteral ? nil : options.serverName)
      try channel.pipeline.syncOperations.addHandlers(
        handler, HandshakeHandler(host: options.serverName, clock: clock, promise: promise))
      return promise.futureResult.map {
        UpstreamConnection(channel: channel, negotiatedProtocol: $0, remoteAddress: address)
      }
    } catch {
      channel.close(promise: nil)
      let failure = TLSFailure(host: options?.serverName ?? address(route), certificate: nil, now: 0)
      return loop.makeFailedFuture(failure.translated(error))
    }
  }

  private func address(_ route: Route) -> String {
    switch route.place {
    case .host(let host, let port): Destination(host: host, port: port).description
    case .unixSocket(let path): "unix:\(path)"
    }
  }

  private static func text(of channel: any Channel, route: Route) -> String {
    if case .unixSocket(let path) = route.place { return "unix:\(path)" }
    guard let peer = channel.remoteAddress, let number = IPAddress(peer) else { return "" }
    return Destination(host: number.description, port: UInt16(clamping: peer.port ?? 0)).description
  }

  private static func connectError(_ error: any Error, _ destination: Destination, _ route: Route) -> WireError {
    if let error = error as? WireError { return error }
    let place = destination.description
    let via = route.isGranted ? " (sent elsewhere by --connect-to)" : ""
    switch error {
    case ChannelError.connectTimeout(let time):
      return WireError(
        .timedOut, at: place, "no answer within \(time.nanoseconds / 1_000_000_000) seconds\(via).",
        remedy: "Check that this machine can reach it.")
    case let error as IOError:
      return WireError(
        .connectFailed, at: place, "the connection failed: \(IOErrorText(error).text)\(via).",
        remedy: "Check that something listens there and that this machine can reach it.")
    default:
      return WireError(.connectFailed, at: place, "the connection failed: \(error)\(via).")
    }
  }
}
