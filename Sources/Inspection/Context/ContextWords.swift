/// The words of a text as context sees them: runs of letters, split where `camelCase` begins a new one, and whole.
///
/// Letters are those of ASCII and every byte above it; digits and signs stand between words.
struct ContextWords {
  /// The longest phrase, in words.
  static let longestPhrase = 4
  /// Bytes between two words of one phrase, at most: `date_of_birth`, `date - of - birth`.
  static let widestGap = 3

  private let text: Slice<UnsafeBufferPointer<UInt8>>
  private var position: Int
  /// Hashes of the last words that one phrase can be made of, the newest last.
  private var row: [UInt64] = []
  private var lastEnd = 0
  /// Where the letters that a word is among begin.
  private var lettersStart = 0

  /// - Parameter text: a part of a text. What is cut off at its ends is no word.
  init(_ text: Slice<UnsafeBufferPointer<UInt8>>) {
    self.text = text
    position = text.startIndex
    if position > 0, position < text.endIndex, Self.isLetter(text.base[position - 1]) { skipWord() }
  }

  /// Tells the phrases that end with the next word: itself, and itself with up to three before it.
  ///
  /// - Parameter tell: is given their hashes, as ``hashes(ofPhrase:)`` gives them.
  /// - Returns: false at the end.
  mutating func next(_ tell: (UInt64) -> Void) -> Bool {
    while position < text.endIndex, !Self.isLetter(text[position]) { position += 1 }
    let start = position
    if start == 0 || !Self.isLetter(text.base[start - 1]) { lettersStart = start }
    skipWord()
    guard position > start, position < text.endIndex || isWhole else { return false }
    if lastEnd < start - Self.widestGap { row.removeAll(keepingCapacity: true) }
    if row.count == Self.longestPhrase { row.removeFirst() }
    row.append(WordHash.of(text[start..<position]))
    lastEnd = position
    var phrase: UInt64?
    for word in row.reversed() {
      let longer = Self.phrase(phrase, word)
      tell(longer)
      phrase = longer
    }
    // `NIFp` and `eMail` are no words of two.
    let isAtEnd = position == text.endIndex || !Self.isLetter(text[position])
    if isAtEnd, lettersStart < start, lettersStart >= text.startIndex {
      tell(WordHash.of(text[lettersStart..<position]))
    }
    return true
  }

  /// Whether no letter goes on behind the text.
  private var isWhole: Bool {
    text.endIndex == text.base.endIndex || !Self.isLetter(text.base[text.endIndex])
  }

  private mutating func skipWord() {
    let start = position
    while position < text.endIndex, Self.isLetter(text[position]) {
      if position > start, Self.beginsWord(text, position) { return }
      position += 1
    }
  }

  /// Whether a letter behind another begins a word: `taxId` and `HTTPServer` are two words each.
  static func beginsWord<Text: Collection<UInt8>>(_ text: Text, _ index: Int) -> Bool where Text.Index == Int {
    guard isUpper(text[index]) else { return false }
    let before = text[index - 1]
    if isLower(before) { return true }
    return isUpper(before) && index + 1 < text.endIndex && isLower(text[index + 1])
  }

  static func isLetter(_ byte: UInt8) -> Bool { isUpper(byte) || isLower(byte) || byte >= 0x80 }
  static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
  static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }

  /// The hash of words in a row, each in the letter case it has but for ASCII, where case does not count, and that of
  /// the last of them.
  static func hashes(ofPhrase phrase: String) -> (phrase: UInt64, lastWord: UInt64) {
    let bytes = Array(phrase.utf8)
    return bytes.withUnsafeBufferPointer { buffer in
      let words = buffer.split { !isLetter($0) }.map { WordHash.of($0) }
      return (words.reversed().reduce(nil) { Self.phrase($0, $1) } ?? 0, words.last ?? 0)
    }
  }

  /// FNV-1a, byte by byte, for who reads words that it does not know the end of.
  static let emptyHash: UInt64 = 0xcbf2_9ce4_8422_2325

  static func add(_ byte: UInt8, to hash: inout UInt64) {
    hash = (hash ^ UInt64(isUpper(byte) ? byte | 0x20 : byte)) &* 0x100_0000_01b3
  }

  static func phrase(_ rest: UInt64?, _ word: UInt64) -> UInt64 {
    guard let rest else { return word }
    return (rest ^ word.byteSwapped) &* 0x9e37_79b9_7f4a_7c15
  }
}
