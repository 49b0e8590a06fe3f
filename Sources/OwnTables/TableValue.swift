/// A cell as it is looked for: its letters and digits in a row, in small letters, without zeros at the beginning.
///
/// So `DE89 3704 0044 0532 0130 00` is `de89370400440532013000`, and `0049 30 123456` what `+49 (30) 12-34-56` is.
struct TableValue {
  /// Beyond ASCII letters have no case here: the same in each way that it is written.
  let forms: [[UInt8]]
  /// Whether it says something where it stands alone.
  let isTelling: Bool

  /// - Returns: `nil` for what is too short or too long to say anything.
  init?(_ cell: String) {
    let bytes = Self.normalised(cell)
    guard TableLimits.letters.contains(bytes.count) else { return nil }
    isTelling = Self.isTelling(cell, bytes)
    guard !cell.utf8.allSatisfy({ $0 < 0x80 }) else {
      forms = [bytes]
      return
    }
    forms = Set([bytes, Self.normalised(cell.lowercased()), Self.normalised(cell.uppercased())])
      .filter { TableLimits.letters.contains($0.count) }
  }

  private static func normalised(_ cell: String) -> [UInt8] {
    let letters = cell.utf8.filter(ValueHash.isLetter).drop { $0 == 0x30 }
    return letters.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
  }

  /// One word without a digit is a name or a word of a language; a short number is one of many things.
  private static func isTelling(_ cell: String, _ bytes: [UInt8]) -> Bool {
    let hasDigit = bytes.contains { $0 &- 0x30 < 10 }
    if hasDigit || cell.utf8.contains(UInt8(ascii: "@")) { return bytes.count >= TableLimits.tellingLetters }
    let words = cell.utf8.split { !ValueHash.isLetter($0) }.count
    return words > 1 && bytes.count >= TableLimits.tellingWords
  }

  func hashes(_ key: ValueHash.Key) -> [UInt64] {
    forms.map { bytes in
      var hash = ValueHash()
      for byte in bytes { hash.add(key.ofByte[Int(byte)], key.base) }
      return hash.sum
    }
  }
}
