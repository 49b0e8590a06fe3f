internal import Glibc

/// IP addresses as text, by the C library's strict reading: no octal, no shortened IPv4, no zone.
package enum IPAddressText {
  /// - Returns: 4 or 16 bytes in network order; `nil` for anything else, brackets included.
  package static func parse(_ text: String) -> [UInt8]? {
    guard text.utf8.count < 64, !text.utf8.contains(0) else { return nil }
    var v4 = in_addr()
    if inet_pton(AF_INET, text, &v4) == 1 { return withUnsafeBytes(of: v4) { Array($0) } }
    var v6 = in6_addr()
    if inet_pton(AF_INET6, text, &v6) == 1 { return withUnsafeBytes(of: v6) { Array($0) } }
    return nil
  }

  /// - Returns: `nil` unless there are 4 or 16 bytes.
  package static func format(_ address: [UInt8]) -> String? {
    guard address.count == 4 || address.count == 16 else { return nil }
    var text = [CChar](repeating: 0, count: 64)
    guard inet_ntop(address.count == 4 ? AF_INET : AF_INET6, address, &text, socklen_t(text.count)) != nil else {
      return nil
    }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
