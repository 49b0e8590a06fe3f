/// The last few names of a text: 16 bits of each, the latest lowest.
struct RecentNames: Sendable {
  private var names: UInt64 = 0

  private static let ones: UInt64 = 0x0001_0001_0001_0001
  private static let highest: UInt64 = 0x8000_8000_8000_8000

  /// - Returns: the class of a new name, or of one of the last ``FingerprintLimits/recentNames`` again.
  @inline(__always)
  mutating func add(_ number: UInt64) -> UInt8 {
    let name = number >> 48
    // The lowest 16 bits that are equal are the first whose difference is zero: what is borrowed goes to higher ones only.
    let difference = names ^ (name &* Self.ones)
    let equal = (difference &- Self.ones) & ~difference & Self.highest
    names = names << 16 | name
    return equal == 0
      ? TokenClass.name : TokenClass.repeated + UInt8(truncatingIfNeeded: equal.trailingZeroBitCount >> 4)
  }
}
