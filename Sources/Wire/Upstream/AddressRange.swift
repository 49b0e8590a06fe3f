/// All addresses of one family that share their first bits: `10.0.0.0/8`, `fe80::/10`.
package struct AddressRange: Sendable, Hashable {
  package let base: IPAddress
  package let prefixLength: Int

  /// - Parameter prefixLength: 0…32 for IPv4, 0…128 for IPv6; bits of `base` beyond it are dropped.
  package init?(base: IPAddress, prefixLength: Int) {
    let width = if case .v4 = base { 32 } else { 128 }
    guard (0...width).contains(prefixLength) else { return nil }
    self.prefixLength = prefixLength
    self.base = Self.masked(base, to: prefixLength)
  }

  /// `10.0.0.0/8`, or an address alone for the range that holds just it.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let base = IPAddress(parts[0]) else { return nil }
    let width = if case .v4 = base { 32 } else { 128 }
    guard parts.count == 2 else {
      self.init(base: base, prefixLength: width)
      return
    }
    guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(parts[1]) else { return nil }
    self.init(base: base, prefixLength: length)
  }

  package func contains(_ address: IPAddress) -> Bool {
    switch (base, address) {
    case (.v4, .v4), (.v6, .v6): Self.masked(address, to: prefixLength) == base
    default: false
    }
  }

  /// Whether this range is exactly one address.
  package var isSingle: Bool {
    if case .v4 = base { prefixLength == 32 } else { prefixLength == 128 }
  }

  private static func masked(_ address: IPAddress, to length: Int) -> IPAddress {
    // Swift's smart shift gives 0 for a shift by the whole width.
    switch address {
    case .v4(let number): .v4(number & (UInt32.max << UInt32(32 - length)))
    case .v6(let number): .v6(number & (UInt128.max << UInt128(128 - length)))
    }
  }
}

extension AddressRange: CustomStringConvertible {
  package var description: String { "\(base)/\(prefixLength)" }
}
