/// The name of an object's member, in the order of UTF-16 code units (RFC 8785 §3.2.3).
struct MemberName: Comparable {
  let text: String
  /// The first eight bytes in UTF-8, the first of them highest: nearly all names differ there.
  private let beginning: UInt64

  init(_ text: String) {
    self.text = text
    var beginning: UInt64 = 0
    var shift = UInt64.bitWidth
    for byte in text.utf8.prefix(MemoryLayout<UInt64>.size) {
      shift -= UInt8.bitWidth
      beginning |= UInt64(byte) << UInt64(shift)
    }
    self.beginning = beginning
  }

  static func < (left: MemberName, right: MemberName) -> Bool {
    let difference = left.beginning ^ right.beginning
    guard difference != 0 else { return left.text.utf16.lexicographicallyPrecedes(right.text.utf16) }
    // UTF-8 has the same order, but where a character beyond U+DFFF stands against another: a surrogate is less than it.
    let shift = UInt64(UInt64.bitWidth - UInt8.bitWidth - difference.leadingZeroBitCount / 8 * 8)
    let higher = UInt8(truncatingIfNeeded: max(left.beginning, right.beginning) >> shift)
    guard higher < firstBeyondSurrogates else {
      return left.text.utf16.lexicographicallyPrecedes(right.text.utf16)
    }
    return left.beginning < right.beginning
  }

  /// The first byte in UTF-8 of U+E000.
  private static let firstBeyondSurrogates: UInt8 = 0xee
}
