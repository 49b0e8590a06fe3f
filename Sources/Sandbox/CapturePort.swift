/// Listeners for one port on every address there is. The wanted address of an accepted connection is its own local
/// address (getsockname(2)). Both are non-blocking and the receiver's to close.
package struct CapturePort: Sendable, Hashable {
  package let port: UInt16
  package let listenerIPv4: CInt
  package let listenerIPv6: CInt
}

/// The resolver's sockets, bound to port 53 of every address; non-blocking and the receiver's to close. Datagrams bring
/// the address they were sent to as `IP_PKTINFO` and `IPV6_PKTINFO`, and the answer must come from there:
/// ``ResolverService`` does that.
package struct ResolverSockets: Sendable, Hashable {
  package let datagramsIPv4: CInt
  package let datagramsIPv6: CInt
  package let listenerIPv4: CInt
  package let listenerIPv6: CInt
}
