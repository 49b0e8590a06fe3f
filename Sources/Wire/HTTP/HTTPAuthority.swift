package import Evidence

/// A host and perhaps a port, as `Host`, `:authority` and CONNECT name them (RFC 9110 §4.2, RFC 3986 §3.2).
package struct HTTPAuthority: Sendable, Hashable {
  /// Lower case, without a final dot; an IPv6 literal without its brackets.
  package let host: String
  package let port: UInt16?

  /// - Returns: `nil` for anything but a name of letters, digits, `-`, `_` and `.`, or an address literal, with an
  ///   optional port from 1 up. User information, percent-encoding and an empty port are refused, and so are the
  ///   short forms of IPv4 addresses (`127.1`, `0x7f000001`), which some readers take for names.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    let hostEnd: Int
    if bytes.first == UInt8(ascii: "[") {
      // By their characters first, as the C library would stop at a NUL.
      guard let bracket = bytes.firstIndex(of: UInt8(ascii: "]")),
        bytes[1..<bracket].allSatisfy({ $0.hexadecimalValue != nil || $0 == .colon || $0 == UInt8(ascii: ".") }),
        case .v6? = IPAddress(String(decoding: bytes[1..<bracket], as: UTF8.self))
      else { return nil }
      hostEnd = bracket + 1
    } else {
      hostEnd = bytes.firstIndex(of: .colon) ?? bytes.count
      guard hostEnd > 0, bytes[..<hostEnd].allSatisfy(\.isHostNameCharacter),
        bytes[0] != UInt8(ascii: "."), Self.isNameOrDottedQuad(bytes[..<hostEnd])
      else { return nil }
    }
    guard let port = Self.port(bytes[hostEnd...]) else { return nil }
    let destination = Destination(host: String(decoding: bytes[..<hostEnd], as: UTF8.self), port: port ?? 0)
    self.host = destination.host
    self.port = port
  }

  /// - Returns: `.some(nil)` where there is no port, `nil` where what follows the host is none.
  private static func port(_ bytes: ArraySlice<UInt8>) -> UInt16?? {
    guard let first = bytes.first else { return .some(nil) }
    let digits = bytes.dropFirst()
    guard first == .colon, digits.count <= 5, digits.allSatisfy(\.isDigit),
      let port = UInt16(String(decoding: digits, as: UTF8.self)), port > 0
    else { return nil }
    return port
  }

  /// A host whose last label is a number is an IPv4 address, and then in its full form (WHATWG URL, "ends in a
  /// number").
  private static func isNameOrDottedQuad(_ host: ArraySlice<UInt8>) -> Bool {
    let named = host.last == UInt8(ascii: ".") ? host.dropLast() : host
    let last = named.lastIndex(of: UInt8(ascii: ".")).map { named[($0 + 1)...] } ?? named
    guard !last.isEmpty else { return false }
    let isHexadecimal = last.starts(with: "0x".utf8) || last.starts(with: "0X".utf8)
    guard last.allSatisfy(\.isDigit) || isHexadecimal else { return true }
    let labels = named.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return labels.count == 4
      && labels.allSatisfy { label in
        let text = String(decoding: label, as: UTF8.self)
        return UInt8(text).map { String($0) } == text
      }
  }

  package func destination(defaultPort: UInt16) -> Destination {
    Destination(host: host, port: port ?? defaultPort)
  }
}
