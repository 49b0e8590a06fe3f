/// A set of byte values.
struct ByteSet: Sendable, Hashable {
  private var words = SIMD4<UInt64>.zero

  static let none = ByteSet()
  static let digits = ByteSet(0x30...0x39)
  static let word = digits.union(ByteSet(0x41...0x5a)).union(ByteSet(0x61...0x7a)).union(ByteSet(UInt8(ascii: "_")))
  static let space = ByteSet(9...13).union(ByteSet(0x20))

  init() {}

  init(_ byte: UInt8) { insert(byte) }

  init(_ range: ClosedRange<UInt8>) { for byte in range { insert(byte) } }

  mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

  func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 != 0 }

  func union(_ other: ByteSet) -> ByteSet {
    var result = self
    result.words |= other.words
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
    var result = self
    for letter in UInt8(ascii: "a")...UInt8(ascii: "z") where contains(letter) || contains(letter - 32) {
      result.insert(letter)
      result.insert(letter - 32)
    }
    return result
  }

  var isEmpty: Bool { words == .zero }

  /// In order, as few as there are.
  var ranges: [ClosedRange<UInt8>] {
    var ranges: [ClosedRange<UInt8>] = []
    for byte in UInt8.min...UInt8.max where contains(byte) {
      if let last = ranges.last, last.upperBound &+ 1 == byte, byte > 0 {
        ranges[ranges.count - 1] = last.lowerBound...byte
      } else {
        ranges.append(byte...byte)
      }
    }
    return ranges
  }
}
