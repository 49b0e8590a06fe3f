internal import Glibc

/// An IPv4 or IPv6 address with a port.
package struct InternetAddress: Sendable, Hashable {
  /// 4 or 16 bytes, in network order.
  package let bytes: [UInt8]
  package let port: UInt16

  /// - Returns: `nil` unless there are 4 or 16 bytes. An IPv4-mapped IPv6 address becomes the IPv4 address.
  package init?(bytes: [UInt8], port: UInt16) {
    let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
    switch bytes.count {
    case 4: self.bytes = bytes
    case 16: self.bytes = bytes.starts(with: mappedPrefix) ? Array(bytes[12...]) : bytes
    default: return nil
    }
    self.port = port
  }

  /// Reads a `sockaddr_in` or `sockaddr_in6` as the kernel lays it out.
  ///
  /// - Returns: `nil` for another family or too few bytes.
  package init?(socketAddress raw: [UInt8]) {
    guard raw.count >= 8 else { return nil }
    let family = Int32(UInt16(raw[0]) | UInt16(raw[1]) << 8)
    let port = UInt16(raw[2]) << 8 | UInt16(raw[3])
    switch family {
    case AF_INET: self.init(bytes: Array(raw[4..<8]), port: port)
    case AF_INET6 where raw.count >= 24: self.init(bytes: Array(raw[8..<24]), port: port)
    default: return nil
    }
  }

  package var isIPv6: Bool { bytes.count == 16 }

  /// In 127.0.0.0/8 (RFC 1122 §3.2.1.3) or `::1` (RFC 4291 §2.5.3), or unspecified, which connects to the same.
  package var isLoopback: Bool {
    isIPv6 ? bytes[..<15].allSatisfy { $0 == 0 } && bytes[15] < 2 : bytes[0] == 127 || bytes.allSatisfy { $0 == 0 }
  }

  /// The address alone; IPv6 as RFC 5952 wants it.
  package var host: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    _ = bytes.withUnsafeBytes { inet_ntop(isIPv6 ? AF_INET6 : AF_INET, $0.baseAddress, &text, socklen_t(text.count)) }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension InternetAddress: CustomStringConvertible {
  package var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
