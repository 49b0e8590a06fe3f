/// A word of one letter each for others: a text means it where it has dots, as `C.C.` or `c. c.`. Letters that merely
/// follow each other are the names of variables, of languages (`C/C++`) and of files.
struct Abbreviation: Sendable {
  /// In small letters of ASCII.
  let letters: [UInt8]

  /// - Parameter word: of a detector.
  /// - Returns: `nil` where it is none.
  init?(_ word: String) {
    let words = word.utf8.split { !ContextWords.isLetter($0) }
    guard words.count > 1, words.allSatisfy({ $0.count == 1 && $0.allSatisfy { $0 < 0x80 } }) else { return nil }
    letters = words.joined().map { $0 | 0x20 }
  }

  /// Whether it is written with dots somewhere in a part of a text.
  func stands(in text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    text.indices.contains { begins(text, at: $0) }
  }

  private func begins(_ text: Slice<UnsafeBufferPointer<UInt8>>, at start: Int) -> Bool {
    guard text[start] | 0x20 == letters[0], start == 0 || !Self.isOfName(text.base[start - 1]) else { return false }
    var position = start
    var areCapitals = true
    for (index, letter) in letters.enumerated() {
      guard position < text.endIndex, text[position] | 0x20 == letter else { return false }
      areCapitals = areCapitals && ContextWords.isUpper(text[position])
      position += 1
      guard index + 1 < letters.count else { break }
      guard position < text.endIndex, text[position] == UInt8(ascii: ".") else { return false }
      position += 1
      if position < text.endIndex, text[position] == UInt8(ascii: " ") { position += 1 }
    }
    // `c.c` in small letters is a member of something, unless the last letter has its dot, too.
    if position < text.endIndex, text[position] == UInt8(ascii: ".") { return true }
    return areCapitals && (position == text.endIndex || !ContextWords.isLetter(text[position]))
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    ContextWords.isLetter(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte &- 0x30 < 10
  }
}
