/// What a character of a token is, by its index modulo 4.
enum TokenTable {
  static let hexadecimal: UInt16 = 1
  /// Compressed text in base64 may begin here.
  static let magic: UInt16 = 2
  /// Four bits: the character gives a byte beyond ASCII where quads begin at 0, 1, 2 or 3 modulo 4.
  static let noise: UInt16 = 0xf0
  static let noiseAtZero: UInt16 = 0x10

  // Written once, before first use, then only read. 4 × 256 entries.
  nonisolated(unsafe) static let entries: UnsafePointer<UInt16> = {
    let table = UnsafeMutablePointer<UInt16>.allocate(capacity: 1024)
    for index in 0..<4 {
      for byte in UInt8.min...UInt8.max { table[index << 8 | Int(byte)] = entry(byte, index) }
    }
    return UnsafePointer(table)
  }()

  /// The end of a token of one line that holds neither text in base64 nor digits nor compressed text: most are
  /// identifiers and paths, for which nothing more need be done.
  ///
  /// - Returns: `nil` where the token has to be read, also because its end is not in sight.
  static func endOfNoise(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int? {
    let table = entries
    let classes = CharacterTable.classes
    var stop = start
    while stop < end, classes[Int(bytes[stop])] & CharacterTable.token != 0 { stop += 1 }
    guard stop < end, bytes[stop] != 0x0a, bytes[stop] != 0x0d else { return nil }
    var block = start
    var wereDigits = false
    while block < stop {
      // The last block is a whole one, too.
      let first = min(block, stop - DecodingLimits.tokenBlockCharacters)
      var any: UInt16 = 0
      var all: UInt16 = .max
      for index in first..<first + DecodingLimits.tokenBlockCharacters {
        let bits = table[((index - start) & 3) << 8 | Int(bytes[index])]
        any |= bits
        all &= bits
      }
      guard any & noise == noise else { return nil }
      if any & magic != 0 {
        for index in first..<first + DecodingLimits.tokenBlockCharacters
        where CompressedToken.mayBegin(bytes[index], isFirst: index == start) { return nil }
      }
      let areDigits = all & hexadecimal != 0
      if areDigits && wereDigits { return nil }
      wereDigits = areDigits
      block += DecodingLimits.tokenBlockCharacters
    }
    return stop
  }

  private static func entry(_ byte: UInt8, _ index: Int) -> UInt16 {
    var bits: UInt16 = 0
    if CharacterTable.hexValue(byte) != nil { bits |= hexadecimal }
    if byte == UInt8(ascii: "H") || byte == UInt8(ascii: "K") || byte == UInt8(ascii: "e") { bits |= magic }
    // The highest bits of a quad's three bytes are bits of its first three characters.
    let highBits: [UInt32] = [0x20, 0x08, 0x02, 0]
    for alignment in 0..<4 where CharacterTable.sextets[Int(byte)] & highBits[(index - alignment) & 3] != 0 {
      bits |= noiseAtZero << UInt16(alignment)
    }
    return bits
  }
}
