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
    let (bytes, words) = Self.normalised(cell)
    guard TableLimits.letters.contains(bytes.count) else { return nil }
    isTelling = Self.isTelling(cell, bytes, words)
    guard !cell.utf8.allSatisfy({ $0 < 0x80 }) else {
      forms = [bytes]
      return
    }
    forms = Set([bytes, Self.normalised(cell.lowercased()).letters, Self.normalised(cell.uppercased()).letters])
      .filter { TableLimits.letters.contains($0.count) }
  }

  private static func normalised(_ cell: String) -> (letters: [UInt8], words: Int) {
    let (letters, words) = Letters.of(cell)
    return (letters.drop { $0 == 0x30 }.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }, words)
  }

  /// One word without a digit is a name or a word of a language; a short number is one of many things.
  private static func isTelling(_ cell: String, _ bytes: [UInt8], _ words: Int) -> Bool {
    let hasDigit = bytes.contains { $0 &- 0x30 < 10 }
    if hasDigit || cell.utf8.contains(UInt8(ascii: "@")) { return bytes.count >= TableLimits.tellingLetters }
    return words > 1 && bytes.count >= TableLimits.tellingWords
  }

  /// Whether a name of a column is rather a cell: an address of mail, an account, a number. Names have few digits.
  static func isCell(_ name: String) -> Bool {
    if isAddress(name) { return true }
    guard let value = TableValue(name), value.isTelling else { return false }
    if name.utf8.contains(UInt8(ascii: "@")) { return true }
    let digits = name.utf8.filter { $0 &- 0x30 < 10 }.count
    return digits > 8 || (digits > 5 && digits * 3 > 2 * value.forms[0].count)
  }

  /// Whether it has the shape of an address of mail, however short.
  private static func isAddress(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !name.contains(where: \.isWhitespace) else { return false }
    let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return labels.count > 1 && labels.allSatisfy { !$0.isEmpty }
  }

  func hashes(_ key: ValueHash.Key) -> [UInt64] {
    forms.map { bytes in
      var hash = ValueHash()
      for byte in bytes { hash.add(key.ofByte[Int(byte)], key.base) }
      return hash.sum
    }
  }
}
