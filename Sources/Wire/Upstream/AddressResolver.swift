package import NIOCore

/// Finds the addresses of a host; tests put their own in the system's place.
package protocol AddressResolver: Sendable {
  /// The addresses in the order in which to try them (RFC 6724); fails with ``WireError``, or gives none.
  func addresses(of host: String, port: UInt16, on loop: any EventLoop) -> EventLoopFuture<[SocketAddress]>
}
