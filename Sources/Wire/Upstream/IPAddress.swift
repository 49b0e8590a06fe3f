internal import Glibc
package import NIOCore

/// An address as a number, without port or scope.
package enum IPAddress: Sendable, Hashable {
  case v4(UInt32)
  case v6(UInt128)

  /// From 4 or 16 bytes in network order.
  package init?(bytes: some Collection<UInt8>) {
    switch bytes.count {
    case 4: self = .v4(bytes.reduce(0) { $0 << 8 | UInt32($1) })
    case 16: self = .v6(bytes.reduce(0) { $0 << 8 | UInt128($1) })
    default: return nil
    }
  }

  /// From its text; brackets around an IPv6 literal are allowed, a scope (`%eth0`) is not.
  package init?(_ text: some StringProtocol) {
    var name = Substring(text)
    if name.hasPrefix("["), name.hasSuffix("]") { name = name.dropFirst().dropLast() }
    guard let bytes = LeafName.addressBytes(String(name)) else { return nil }
    self.init(bytes: bytes)
  }

  /// `nil` for Unix sockets.
  package init?(_ address: SocketAddress) {
    // sockaddr_in holds its address at byte 4, sockaddr_in6 at byte 8 (netinet/in.h).
    let place: Range<Int>
    switch address {
    case .v4: place = 4..<8
    case .v6: place = 8..<24
    case .unixDomainSocket: return nil
    }
    let bytes = address.withSockAddr { pointer, size -> [UInt8] in
      let raw = UnsafeRawBufferPointer(start: pointer, count: size)
      return raw.count >= place.upperBound ? Array(raw[place]) : []
    }
    self.init(bytes: bytes)
  }

  /// The network-order bytes: 4 or 16.
  package var bytes: [UInt8] {
    switch self {
    case .v4(let number): withUnsafeBytes(of: number.bigEndian) { Array($0) }
    case .v6(let number): withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }
  }
}

extension IPAddress: CustomStringConvertible {
  /// As RFC 5952 writes it.
  package var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = if case .v4 = self { AF_INET } else { AF_INET6 }
    guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "?" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
