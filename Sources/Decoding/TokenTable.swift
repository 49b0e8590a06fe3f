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
