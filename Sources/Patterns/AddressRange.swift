/// Addresses that share their first bits: `10.0.0.0/8`, `fd00::/8`, or one address.
package struct AddressRange: Sendable, Hashable {
  private let address: AddressLiteral
  private let prefixLength: Int

  /// - Returns: `nil` where the text is no address in its usual form, or the prefix is longer than the address.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = AddressLiteral(canonical: String(first)) else { return nil }
    self.address = address
    guard parts.count > 1 else {
      self.prefixLength = address.bytes.count * 8
      return
    }
    guard parts[1].count <= 3, parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(parts[1]),
      length <= address.bytes.count * 8
    else { return nil }
    self.prefixLength = length
  }

  /// Whether it is all addresses of its kind.
  package var isEverything: Bool { prefixLength == 0 }

  package func contains(_ other: AddressRange) -> Bool {
    other.prefixLength >= prefixLength && contains(other.address)
  }

  package func contains(_ other: AddressLiteral) -> Bool {
    guard other.bytes.count == address.bytes.count else { return false }
    let whole = prefixLength / 8
    guard address.bytes[..<whole] == other.bytes[..<whole] else { return false }
    let rest = prefixLength % 8
    guard rest > 0 else { return true }
    return (address.bytes[whole] ^ other.bytes[whole]) >> UInt8(8 - rest) == 0
  }
}
