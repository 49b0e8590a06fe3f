internal import Decoding

/// Reads the words of a view as they come, and tells where a phrase of the lists stands.
///
/// Words are runs of letters of ASCII, digits and every byte above ASCII; the same text is also read with runs split where
/// `camelCase` begins a new word. Whatever the blocks that the view comes in, the same is told.
struct WordListScan {
  /// Where reading goes on, in the view: at no letter, or at the first of some.
  private(set) var position = 0
  /// The rest of a run that is too long is passed over.
  private var isWithinRun = false
  /// The last words that one phrase can be made of, the newest last.
  private var runs: [Word] = []
  /// The same of words that are split.
  private var parts: [Word] = []

  private struct Word {
    let hash: UInt64
    let start: Int
    let end: Int
  }

  /// Of letters in a row only so many are read: no phrase has more.
  private static let longestRun = 256
  /// Bytes between two words of one phrase, at most: a line's end and the signs that a comment's next line begins with.
  private static let widestGap = 4

  /// - Parameters:
  ///   - base: the view's offset of the first byte.
  ///   - tell: is given the numbers of rules and where their phrase stands in the view.
  mutating func read(
    _ bytes: UnsafeBufferPointer<UInt8>, from base: Int, isLast: Bool, _ lists: WordLists,
    _ tell: (_ rules: [Int], _ place: Range<Int>) -> Void
  ) {
    var index = max(0, position - base)
    let count = bytes.count
    while index < count {
      if isWithinRun {
        while index < count, Self.isLetter(bytes[index]) { index += 1 }
        guard index < count else { break }
        isWithinRun = false
      }
      while index < count, !Self.isLetter(bytes[index]) {
        // Between two texts there is no phrase.
        if bytes[index] == DecodedView.separator { forget() }
        index += 1
      }
      let limit = min(count, index + Self.longestRun)
      var end = index
      while end < limit, Self.isLetter(bytes[end]) { end += 1 }
      if end == count, end < index + Self.longestRun, !isLast { break }
      if end < count, Self.isLetter(bytes[end]) {
        forget()
        isWithinRun = true
      } else if end > index {
        readRun(bytes, index..<end, base, lists, tell)
      }
      index = end
    }
    position = base + index
  }

  private mutating func forget() {
    runs.removeAll(keepingCapacity: true)
    parts.removeAll(keepingCapacity: true)
  }

  private mutating func readRun(
    _ bytes: UnsafeBufferPointer<UInt8>, _ run: Range<Int>, _ base: Int, _ lists: WordLists,
    _ tell: (_ rules: [Int], _ place: Range<Int>) -> Void
  ) {
    var start = run.lowerBound
    var hash = ContextWords.emptyHash
    var whole = ContextWords.emptyHash
    for index in run {
      if index > start, ContextWords.beginsWord(bytes, index) {
        Self.end(Word(hash: hash, start: base + start, end: base + index), of: &parts, lists, tell)
        hash = ContextWords.emptyHash
        start = index
      }
      ContextWords.add(bytes[index], to: &hash)
      ContextWords.add(bytes[index], to: &whole)
    }
    var told: [Range<Int>] = []
    Self.end(Word(hash: hash, start: base + start, end: base + run.upperBound), of: &parts, lists) { rules, place in
      told.append(place)
      tell(rules, place)
    }
    Self.end(Word(hash: whole, start: base + run.lowerBound, end: base + run.upperBound), of: &runs, lists) {
      rules, place in
      if !told.contains(place) { tell(rules, place) }
    }
  }

  private static func end(
    _ word: Word, of row: inout [Word], _ lists: WordLists, _ tell: (_ rules: [Int], _ place: Range<Int>) -> Void
  ) {
    if let last = row.last, last.end < word.start - widestGap { row.removeAll(keepingCapacity: true) }
    if let rules = lists.rules(of: word.hash) { tell(rules, word.start..<word.end) }
    guard lists.longestPhrase > 1 else { return }
    if !row.isEmpty, lists.mayEndPhrase(word.hash) {
      var phrase = word.hash
      for before in row.reversed() {
        phrase = ContextWords.phrase(phrase, before.hash)
        if let rules = lists.rules(of: phrase) { tell(rules, before.start..<word.end) }
      }
    }
    if row.count == lists.longestPhrase - 1 { row.removeFirst() }
    row.append(word)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { ContextWords.isLetter(byte) || byte &- 0x30 < 10 }

  /// The hashes of a phrase's words, as they are read from a text.
  static func words(of phrase: String, split: Bool) -> [UInt64] {
    var hashes: [UInt64] = []
    let bytes = Array(phrase.utf8)
    var hash: UInt64?
    for index in bytes.indices {
      if !isLetter(bytes[index]) || (split && hash != nil && ContextWords.beginsWord(bytes, index)) {
        if let word = hash { hashes.append(word) }
        hash = nil
      }
      guard isLetter(bytes[index]) else { continue }
      var word = hash ?? ContextWords.emptyHash
      ContextWords.add(bytes[index], to: &word)
      hash = word
    }
    return hashes + (hash.map { [$0] } ?? [])
  }

  /// The hash of a phrase's letters and digits as one word.
  static func joined(_ phrase: String) -> UInt64 {
    var hash = ContextWords.emptyHash
    for byte in phrase.utf8 where isLetter(byte) { ContextWords.add(byte, to: &hash) }
    return hash
  }
}
