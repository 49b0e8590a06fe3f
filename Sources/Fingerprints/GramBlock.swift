/// Memory in which one piece of a text becomes spans of 32 characters, or of 16 tokens: used again for each piece.
final class GramBlock {
  /// What spans are made of: characters, or classes of tokens.
  let units: UnsafeMutablePointer<UInt8>
  /// For each, where it ends in the text, from the piece's beginning on.
  let ends: UnsafeMutablePointer<Int32>
  var count = 0

  /// Spans that may be in an index.
  let hashes: UnsafeMutablePointer<UInt32>
  /// For each, the unit that it ends with.
  let last: UnsafeMutablePointer<Int32>
  var candidates = 0
  /// The sums that they are made of.
  let sums: UnsafeMutablePointer<UInt64>
  /// Here, since to ask whether they were made takes longer than to look.
  let words = TokenClass.slots

  /// Each byte is one unit at most; a few wait from the piece before; and letters are written 64 at a time.
  static let capacity = FingerprintLimits.pieceBytes + 64 + 64

  init() {
    units = .allocate(capacity: Self.capacity)
    ends = .allocate(capacity: Self.capacity)
    hashes = .allocate(capacity: Self.capacity)
    last = .allocate(capacity: Self.capacity)
    sums = .allocate(capacity: Self.capacity)
  }

  deinit {
    units.deallocate()
    ends.deallocate()
    hashes.deallocate()
    last.deallocate()
    sums.deallocate()
  }

  @inline(__always)
  func append(_ unit: UInt8, endingAt end: Int) {
    units[count] = unit
    ends[count] = Int32(truncatingIfNeeded: end)
    count += 1
  }
}
