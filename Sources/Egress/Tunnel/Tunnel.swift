package import Enforcement
package import Evidence
internal import Wire

/// What is known of a connection before its first request: who opened it and whom it is for.
///
/// From a CONNECT, a SOCKS request, or the address that a client without proxy settings dialled.
package struct Tunnel: Sendable, Hashable {
  package var origin: Origin
  /// The name or address that the client asked for.
  package var destination: Destination
  /// Whether TLS was taken off, so that what is inside is `https`.
  package var isTLS = false

  package init(origin: Origin, destination: Destination) {
    self.origin = origin
    self.destination = destination
  }

  /// Whether a request names whom the connection was opened for; a port that it leaves out is the connection's.
  func agrees(with head: RequestHead) -> Bool {
    guard let named = head.authority.flatMap(HTTPAuthority.init) else { return false }
    return agrees(with: named.host) && (named.port ?? destination.port) == destination.port
  }

  /// Whether a name in a ClientHello, a `Host` or an `:authority` is the one that the connection was opened for.
  func agrees(with name: String) -> Bool {
    Destination(host: name, port: destination.port).host == destination.host
  }
}
