/// A domain name as it is on the wire: labels of any bytes (RFC 1035 §3.1).
package struct DNSName: Sendable, Hashable {
  /// Without the empty one of the root; each of 1…63 bytes, together at most 255 with their lengths.
  package let labels: [[UInt8]]

  /// - Returns: `nil` where a label or the whole is too long.
  package init?(labels: [[UInt8]]) {
    guard labels.allSatisfy({ (1...63).contains($0.count) }), labels.reduce(1, { $0 + $1.count + 1 }) <= 255 else {
      return nil
    }
    self.labels = labels
  }

  /// - Parameter text: with or without the final dot; no escapes.
  package init?(_ text: String) {
    let trimmed = text.hasSuffix(".") ? text.dropLast() : text[...]
    guard !trimmed.isEmpty else { return nil }
    self.init(
      labels: trimmed.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Array.init))
  }

  /// In lower case, where a host can have this name: labels of letters, digits, `-` and `_`, the last of which is no
  /// number, so that no reader takes the name for an address.
  package var hostName: String? {
    guard let last = labels.last, !Self.isNumeric(last) else { return nil }
    var text: [UInt8] = []
    for label in labels {
      guard label.allSatisfy(Self.isHostCharacter) else { return nil }
      if !text.isEmpty { text.append(UInt8(ascii: ".")) }
      text += label.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    }
    return text.count <= 253 ? String(decoding: text, as: UTF8.self) : nil
  }

  private static func isHostCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }

  /// Decimal or `0x` hexadecimal, as the C library reads shortened addresses.
  private static func isNumeric(_ label: [UInt8]) -> Bool {
    let isDecimal = label.allSatisfy { (0x30...0x39).contains($0) }
    let isHexadecimal =
      label.starts(with: "0x".utf8) || label.starts(with: "0X".utf8)
    return isDecimal || isHexadecimal
  }
}

extension DNSName: CustomStringConvertible {
  /// Lower case, without the final dot; bytes that are not printable, dots and backslashes within a label as `\DDD`
  /// (RFC 1035 §5.1). The root is `.`.
  package var description: String {
    guard !labels.isEmpty else { return "." }
    return labels.map { label in
      label.map { byte in
        switch byte {
        case 0x41...0x5a: return String(UnicodeScalar(byte | 0x20))
        case UInt8(ascii: "."), UInt8(ascii: "\\"), 0...0x20, 0x7f...0xff:
          let digits = String(byte)
          return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        default: return String(UnicodeScalar(byte))
        }
      }.joined()
    }.joined(separator: ".")
  }
}
