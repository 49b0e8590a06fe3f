/// Says of nearly every run of letters that it is no value of a table, at the price of two looks.
struct ValueFilter: Sendable {
  private(set) var bits: [UInt64]
  private let shift: UInt64

  /// Bits for each value: of what is no value one in some sixty gets through.
  private static let bitsOfOne = 16
  private static let widths = 10...28

  init(of count: Int) {
    var width = Self.widths.lowerBound
    while width < Self.widths.upperBound, 1 << width < count * Self.bitsOfOne { width += 1 }
    bits = [UInt64](repeating: 0, count: 1 << (width - 6))
    shift = UInt64(64 - width)
  }

  mutating func insert(_ hash: UInt64) {
    for bit in [Self.first(hash) >> shift, Self.second(hash) >> shift] { bits[Int(bit >> 6)] |= 1 << (bit & 63) }
  }

  @inline(__always)
  func mayContain(_ hash: UInt64) -> Bool {
    let first = Self.first(hash) >> shift
    guard bits[Int(first >> 6)] >> (first & 63) & 1 != 0 else { return false }
    let second = Self.second(hash) >> shift
    return bits[Int(second >> 6)] >> (second & 63) & 1 != 0
  }

  @inline(__always)
  private static func first(_ hash: UInt64) -> UInt64 { (hash ^ hash >> 32) &* 0x9e37_79b9_7f4a_7c15 }

  @inline(__always)
  private static func second(_ hash: UInt64) -> UInt64 { (hash ^ hash >> 29) &* 0xbf58_476d_1ce4_e5b9 }

  /// - Returns: `nil` where these are not the bits of so many values.
  init?(of count: Int, bits: [UInt64]) {
    self.init(of: count)
    guard bits.count == self.bits.count else { return nil }
    self.bits = bits
  }
}
