package import NIOCore

/// Finds the addresses of a host; tests put their own in the system's place.
package protocol AddressResolver: Sendable {
  /// The addresses in the order in which to try them (RFC 6724); fails with ``WireError``, or gives none.
  func addresses(of host: String, port: UInt16, on loop: any EventLoop) -> EventLoopFuture<[SocketAddress]>

  /// Fails what is still asked, and what will be: when it returns, nobody's loop hears of a name any more.
  func end()
}

extension AddressResolver {
  /// For one that answers at once.
  package func end() {}
}
