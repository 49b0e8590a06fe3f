/// What a character of a token is, by its index modulo 8.
enum TokenTable {
  static let hexadecimal: UInt32 = 1
  /// Compressed text in base64 may begin here.
  static let magic: UInt32 = 2
  /// Four bits: the character gives a byte beyond ASCII in base64 where groups begin at 0, 1, 2 or 3 modulo 4.
  static let noise: UInt32 = 0xf0
  static let noiseAtZero: UInt32 = 0x10
  /// Eight bits for base32 in capitals and eight for small letters: the same where groups begin at 0, 1 ... 7 modulo 8.
  static let noise32: UInt32 = 0xffff_0000

  // Written once, before first use, then only read. 8 × 256 entries.
  nonisolated(unsafe) static let entries: UnsafePointer<UInt32> = {
    let table = UnsafeMutablePointer<UInt32>.allocate(capacity: 2048)
    for index in 0..<8 {
      for byte in UInt8.min...UInt8.max { table[index << 8 | Int(byte)] = entry(byte, index) }
    }
    return UnsafePointer(table)
  }()

  /// The end of a token of one line that holds neither text in base64 or base32 nor digits nor compressed text: most are
  /// identifiers and paths, for which nothing more need be done.
  ///
  /// - Returns: `nil` where the token has to be read, also because its end is not in sight.
  static func endOfNoise(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int? {
    let table = entries
    let classes = CharacterTable.classes
    var stop = start
    while stop < end, classes[Int(bytes[stop])] & CharacterTable.token != 0 { stop += 1 }
    guard stop < end, bytes[stop] != 0x0a, bytes[stop] != 0x0d else { return nil }
    let token = UnsafeBufferPointer(start: bytes + start, count: stop - start)
    guard CompressedToken.encoding(ofHead: token) == nil, CompressedToken.encoding(ofBrotli: token) == nil else {
      return nil
    }
    var block = start
    var wereDigits = false
    var noise32Before = noise32
    while block < stop {
      // The last block is a whole one, too.
      let first = min(block, stop - DecodingLimits.tokenBlockCharacters)
      var any: UInt32 = 0
      var all: UInt32 = .max
      for index in first..<first + DecodingLimits.tokenBlockCharacters {
        let bits = table[((index - start) & 7) << 8 | Int(bytes[index])]
        any |= bits
        all &= bits
      }
      guard any & noise == noise, (any | noise32Before) & noise32 == noise32 else { return nil }
      noise32Before = any
      if any & magic != 0 {
        for index in first..<first + DecodingLimits.tokenBlockCharacters
        where CompressedToken.isMagic(UnsafeBufferPointer(start: bytes + index, count: stop - index)) { return nil }
      }
      let areDigits = all & hexadecimal != 0
      if areDigits && wereDigits { return nil }
      wereDigits = areDigits
      block += DecodingLimits.tokenBlockCharacters
    }
    return stop
  }

  private static func entry(_ byte: UInt8, _ index: Int) -> UInt32 {
    var bits: UInt32 = 0
    if CharacterTable.hexValue(byte) != nil { bits |= hexadecimal }
    if CompressedToken.mayBegin(byte) { bits |= magic }
    // The highest bits of a group's three bytes are bits of its first three characters.
    let highBits: [UInt32] = [0x20, 0x08, 0x02, 0]
    for alignment in 0..<4 where CharacterTable.sextets[Int(byte)] & highBits[(index - alignment) & 3] != 0 {
      bits |= noiseAtZero << UInt32(alignment)
    }
    let isCapital = !(0x61...0x7a).contains(byte)
    let isSmall = !(0x41...0x5a).contains(byte)
    for alignment in 0..<8 {
      let isNoise = Base32.value(byte).map { $0 & highBits32[(index - alignment) & 7] != 0 } ?? true
      if isNoise || !isCapital { bits |= 0x1_0000 << UInt32(alignment) }
      if isNoise || !isSmall { bits |= 0x100_0000 << UInt32(alignment) }
    }
    return bits
  }

  /// The same of a group's five bytes in eight characters.
  private static let highBits32: [UInt8] = [0x10, 0x02, 0, 0x08, 0x01, 0, 0x04, 0]
}
