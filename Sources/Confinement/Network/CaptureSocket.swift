internal import Glibc

/// Sockets of this network namespace that the host answers on.
package enum CaptureSocket {
  package enum Transport: Sendable {
    case stream
    /// Datagrams carry the address they were sent to (`IP_PKTINFO`, `IPV6_RECVPKTINFO`).
    case datagram
  }

  /// Binds a wildcard socket, which receives what is sent to any address at all (see ``LoopbackNetwork``).
  package static func open(
    _ transport: Transport, family: Int32, port: UInt16
  ) throws(ConfinementFailure) -> Descriptor {
    try open(transport, family: family, port: port, onLoopbackOnly: false)
  }

  /// Binds 127.0.0.1 alone.
  package static func openOnLoopback(port: UInt16) throws(ConfinementFailure) -> Descriptor {
    try open(.stream, family: AF_INET, port: port, onLoopbackOnly: true)
  }

  private static func open(
    _ transport: Transport, family: Int32, port: UInt16, onLoopbackOnly: Bool
  ) throws(ConfinementFailure) -> Descriptor {
    let type = transport == .stream ? SOCK_STREAM : SOCK_DGRAM
    let number = socket(family, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard number >= 0 else { throw ConfinementFailure(.capture, "socket", errorNumber: errno) }
    let descriptor = Descriptor(owning: number)
    if transport == .stream { set(number, SOL_SOCKET, SO_REUSEADDR) }
    if family == AF_INET6 { set(number, Int32(IPPROTO_IPV6), IPV6_V6ONLY) }
    if transport == .datagram {
      if family == AF_INET6 {
        set(number, Int32(IPPROTO_IPV6), IPV6_RECVPKTINFO)
        // An answer may then come from an address that is ours by a route only.
        set(number, Int32(IPPROTO_IPV6), ipv6Freebind)
      } else {
        set(number, Int32(IPPROTO_IP), IP_PKTINFO)
      }
    }
    let host = onLoopbackOnly ? INADDR_LOOPBACK : INADDR_ANY
    let bound = family == AF_INET6 ? bindIPv6(number, port: port) : bindIPv4(number, host: host, port: port)
    guard bound == 0 else { throw ConfinementFailure(.capture, "bind port \(port)", errorNumber: errno) }
    if transport == .stream {
      guard listen(number, ConfinementLimits.listenBacklog) == 0 else {
        throw ConfinementFailure(.capture, "listen on port \(port)", errorNumber: errno)
      }
    }
    return descriptor
  }

  /// `IPV6_FREEBIND` of linux/in6.h.
  private static let ipv6Freebind: Int32 = 78

  private static func set(_ number: CInt, _ level: Int32, _ option: Int32) {
    var on: Int32 = 1
    setsockopt(number, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func bindIPv4(_ number: CInt, host: in_addr_t, port: UInt16) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = host.bigEndian
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  private static func bindIPv6(_ number: CInt, port: UInt16) -> Int32 {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_port = port.bigEndian
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
      }
    }
  }
}
