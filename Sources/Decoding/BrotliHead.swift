/// The first bits of brotli (RFC 7932 §9), which has no magic number: they tell a window and a length.
enum BrotliHead {
  static let bytes = 4

  /// Whether so many bytes that begin so may be brotli: its first block's length fits theirs. One token of random bytes
  /// in fifty does.
  ///
  /// - Parameter head: the first four bytes, the lowest first.
  static func isPlausible(_ head: UInt32, of count: Int) -> Bool {
    // A window of 64 KB takes one bit, one of 256 KB or more four.
    guard head & 1 == 0 || head & 0xe != 0 else { return false }
    var rest = head >> (head & 1 == 0 ? 1 : 4)
    let isLast = rest & 1 != 0
    rest >>= 1
    if isLast {
      guard rest & 1 == 0 else { return false }
      rest >>= 1
    }
    let nibbles = Int(rest & 3) + 4
    guard nibbles < 7 else { return false }
    let length = Int(rest >> 2 & (1 << UInt32(4 * nibbles) - 1)) + 1
    return length >= min(count, wholeBytes) / 2 && (count >= wholeBytes || length <= count * longestExpansion)
  }

  /// Beyond it the end of a token may not be in sight.
  private static let wholeBytes = 2048

  /// Text seldom becomes a hundred times smaller.
  private static let longestExpansion = 100
}
