/// A set of byte values.
struct ByteSet: Sendable, Hashable {
  private var words = SIMD4<UInt64>.zero

  static let none = ByteSet()
  static let digits = ByteSet(0x30...0x39)
  static let capitals = ByteSet(0x41...0x5a)
  static let smallLetters = ByteSet(0x61...0x7a)
  static let alphanumeric = digits.union(capitals).union(smallLetters)
  static let word = alphanumeric.union(ByteSet(UInt8(ascii: "_")))
  static let space = ByteSet(9...13).union(ByteSet(0x20))

  init() {}

  init(_ byte: UInt8) { insert(byte) }

  init(_ bytes: String.UTF8View) { for byte in bytes { insert(byte) } }

  init(_ range: ClosedRange<UInt8>) {
    for index in Int(range.lowerBound >> 6)...Int(range.upperBound >> 6) {
      let first = max(Int(range.lowerBound), index << 6) & 63
      let last = min(Int(range.upperBound), index << 6 | 63) & 63
      words[index] = (~0 << UInt64(first)) & (~0 >> UInt64(63 - last))
    }
  }

  mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 != 0 }

  func union(_ other: ByteSet) -> ByteSet {
    var result = self
    result.words |= other.words
    return result
  }

  func intersection(_ other: ByteSet) -> ByteSet {
    var result = self
    result.words &= other.words
    return result
  }

  /// Every byte but these, without the separator between decoded texts: no match reaches from one to the next.
  func complement(without separator: UInt8) -> ByteSet {
    var result = self
    result.insert(separator)
    result.words = ~result.words
    return result
  }

  var complement: ByteSet {
    var result = self
    result.words = ~result.words
    return result
  }

  /// With each letter in both cases.
  var caseFolded: ByteSet {
    // Both alphabets are in the second word, 32 bits apart.
    let letters: UInt64 = ((1 << 26) - 1) << 1
    let either = (words[1] | words[1] >> 32) & letters
    var result = self
    result.words[1] |= either | either << 32
    return result
  }

  var isEmpty: Bool { words == .zero }

  var count: Int {
    words[0].nonzeroBitCount + words[1].nonzeroBitCount + words[2].nonzeroBitCount + words[3].nonzeroBitCount
  }

  /// The member, where there is one only.
  var only: UInt8? {
    guard count == 1, let byte = next(from: 0, isMember: true) else { return nil }
    return UInt8(byte)
  }

  /// In order, as few as there are.
  var ranges: [ClosedRange<UInt8>] {
    var ranges: [ClosedRange<UInt8>] = []
    var position = 0
    while let start = next(from: position, isMember: true) {
      position = next(from: start, isMember: false) ?? 256
      ranges.append(UInt8(start)...UInt8(position - 1))
    }
    return ranges
  }

  /// The first value from there on that is a member, or is none: whole words at a time, for there are thousands of sets.
  private func next(from start: Int, isMember: Bool) -> Int? {
    var index = start >> 6
    guard index < 4 else { return nil }
    var word = (isMember ? words[index] : ~words[index]) & (~0 << UInt64(start & 63))
    while word == 0 {
      index += 1
      guard index < 4 else { return nil }
      word = isMember ? words[index] : ~words[index]
    }
    return index << 6 | word.trailingZeroBitCount
  }
}
