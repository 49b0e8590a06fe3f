/// The hash by which a word of a text is known to be a word of a detector: eight bytes at a time, letters of ASCII
/// without their case.
///
/// Two words of the same hash would only be context for each other.
enum WordHash {
  private static let multiplier: UInt64 = 0x9e37_79b9_7f4a_7c15
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// - Parameters:
  ///   - word: of so many bytes.
  ///   - readable: bytes from its beginning on that may be read.
  @inline(__always)
  static func of(_ word: UnsafePointer<UInt8>, count: Int, readable: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: count)
    var index = 0
    while count - index > 8 {
      hash = mixed(hash, load(word + index))
      index += 8
    }
    let left = count - index
    guard readable - index >= 8 else {
      var rest: UInt64 = 0
      for offset in 0..<left { rest |= UInt64(word[index + offset]) << UInt64(8 * offset) }
      return mixed(hash, rest)
    }
    let mask: UInt64 = left == 8 ? ~0 : (1 << UInt64(8 * left)) - 1
    return mixed(hash, load(word + index) & mask)
  }

  /// The same for a word of up to eight bytes of which as many may be read.
  @inline(__always)
  static func ofShort(_ word: UnsafePointer<UInt8>, count: Int) -> UInt64 {
    let mask = ~0 &>> (64 &- 8 &* UInt64(truncatingIfNeeded: count))
    return mixed(UInt64(truncatingIfNeeded: count), load(word) & mask)
  }

  static func of(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64 {
    let whole = UnsafeBufferPointer(rebasing: word.base[word.startIndex...])
    guard let start = whole.baseAddress else { return mixed(0, 0) }
    return of(start, count: word.count, readable: whole.count)
  }

  static func of(_ word: [UInt8]) -> UInt64 {
    word.withUnsafeBufferPointer { of($0[...]) }
  }

  @inline(__always)
  private static func load(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
  }

  @inline(__always)
  private static func mixed(_ hash: UInt64, _ bytes: UInt64) -> UInt64 {
    let product = (hash ^ lowered(bytes)) &* multiplier
    return product ^ product >> 29
  }

  /// Each capital letter of ASCII as a small one, without a byte's carry reaching the next.
  @inline(__always)
  private static func lowered(_ bytes: UInt64) -> UInt64 {
    let low = bytes & ~highs
    let fromA = low &+ (0x80 - 0x41) &* ones
    let beyondZ = low &+ (0x80 - 0x5b) &* ones
    return bytes | (fromA & ~beyondZ & ~bytes & highs) >> 2
  }
}
