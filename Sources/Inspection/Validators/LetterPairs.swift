/// Tells words from letters that were drawn at random, by the letters that follow each other.
enum LetterPairs {
  /// Of letters in a row, whether of one word or of several that are set together, as many pairs are those of words.
  static let leastShareOfWords = 0.5
  /// With fewer pairs there is nothing to tell.
  static let fewest = 8

  /// Whether the letters of a text are those of words. What has few letters counts as words.
  ///
  /// - Parameter text: signs and digits between letters end a word.
  static func areWords(_ text: some Collection<UInt8>) -> Bool {
    var pairs = 0
    var usual = 0
    var before: UInt8?
    for byte in text {
      let letter = (byte | 0x20) &- 0x61
      guard letter < 26 else {
        before = nil
        continue
      }
      if let before {
        pairs += 1
        usual += followers[Int(before)] >> UInt32(letter) & 1 == 0 ? 0 : 1
      }
      before = letter
    }
    return pairs < fewest || Double(usual) >= leastShareOfWords * Double(pairs)
  }

  /// For each letter a bit for each of those that follow it four times of five, counted in the different words of the
  /// Python modules that Debian has.
  private static let followers: [UInt32] = [
    "bcdlmnrst", "aeilosuy", "aehklot", "adeios", "acdlmnrstx", "aefioru", "aehilnrsu", "aeiot", "cdfglmnost",
    "aeosu", "aeilnsuw", "aeilosy", "aeimop", "acdegost", "cdlmnprstu", "aeloprty", "lru", "aeimnorst", "ehiopstu",
    "aehiorsy", "eilmnprst", "aei", "aehior", "aceipt", "egiloprstw", "aei",
  ].map { row in row.utf8.reduce(0) { $0 | 1 << UInt32($1 - 0x61) } }
}
