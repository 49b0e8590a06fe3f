internal import CText

/// Finds letters in a row in a text, 64 bytes at a time: letters are those of ASCII and every byte above it.
struct LetterRuns {
  private let text: UnsafePointer<UInt8>
  private let count: Int
  /// The part of the text that ``masks`` are of.
  private var block = -1
  private var masks = sallyport_letter_masks()

  private static let blockBytes = 64

  init(_ text: UnsafePointer<UInt8>, count: Int) {
    self.text = text
    self.count = count
  }

  /// The first letter from there on; the text's end where there is none.
  @inline(__always)
  mutating func next(from start: Int) -> Int {
    var index = start
    while index < count {
      let shift = read(index)
      let letters = masks.letters >> shift
      if letters != 0 { return index + letters.trailingZeroBitCount }
      index += Self.blockBytes - Int(shift)
    }
    return count
  }

  /// Where the letters end that begin there, and whether any but the first is a capital of ASCII.
  @inline(__always)
  mutating func end(from start: Int) -> (end: Int, hasCapitals: Bool) {
    var index = start
    var capitals: UInt64 = 0
    while index < count {
      let shift = read(index)
      let others = ~masks.letters >> shift
      let run = others == 0 ? Self.blockBytes - Int(shift) : others.trailingZeroBitCount
      var upper = masks.upper >> shift
      if index == start { upper &= ~1 }
      capitals |= run == Self.blockBytes ? upper : upper & (1 << UInt64(run) - 1)
      index += run
      if others != 0, run < Self.blockBytes - Int(shift) { break }
    }
    return (min(index, count), capitals != 0)
  }

  /// - Returns: which bit of the masks is the byte's.
  @inline(__always)
  private mutating func read(_ index: Int) -> UInt64 {
    let shift = index & (Self.blockBytes - 1)
    let start = index - shift
    if start != block {
      masks = sallyport_letter_masks(text + start, min(Self.blockBytes, count - start))
      block = start
    }
    return UInt64(shift)
  }
}
