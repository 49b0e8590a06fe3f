/// Reads the words of a view as they come, and tells where a phrase of the vocabulary ends: what ``ContextWords`` sees in
/// a whole text, at the speed at which all of a message can be read.
struct PhraseScan {
  /// Where reading goes on, in the view: at no letter, or at the first of some.
  private(set) var position = 0
  /// Of letters in a row only so many are read: no phrase has more.
  private static let longestRun = 256
  /// The rest of such a row is passed over.
  private var isWithinRun = false
  /// Hashes of the last words that one phrase can be made of, the newest first; 0 for none.
  private var row: (UInt64, UInt64, UInt64) = (0, 0, 0)
  private var lastEnd = 0

  /// - Parameters:
  ///   - base: the view's offset of the first byte.
  ///   - tell: is given the numbers of phrases and the offset of their end.
  mutating func read(
    _ bytes: UnsafeBufferPointer<UInt8>, from base: Int, isLast: Bool, _ vocabulary: ContextVocabulary,
    _ tell: (_ numbers: [Int], _ end: Int) -> Void
  ) {
    vocabulary.filter.withReading { read(bytes, from: base, isLast: isLast, vocabulary, $0, tell) }
  }

  private mutating func read(
    _ bytes: UnsafeBufferPointer<UInt8>, from base: Int, isLast: Bool, _ vocabulary: ContextVocabulary,
    _ filter: PhraseFilter.Reading, _ tell: (_ numbers: [Int], _ end: Int) -> Void
  ) {
    var index = max(0, position - base)
    let count = bytes.count
    while index < count {
      if isWithinRun {
        while index < count, ContextWords.isLetter(bytes[index]) { index += 1 }
        guard index < count else { break }
        isWithinRun = false
      }
      while index < count, !ContextWords.isLetter(bytes[index]) { index += 1 }
      let limit = min(count, index + Self.longestRun)
      var end = index
      while end < limit, ContextWords.isLetter(bytes[end]) { end += 1 }
      if end == count, end < index + Self.longestRun, !isLast { break }
      let isCut = end < count && ContextWords.isLetter(bytes[end])
      readRun(bytes, index..<end, isCut: isCut, base, vocabulary, filter, tell)
      isWithinRun = isCut
      index = end
    }
    position = base + index
  }

  private mutating func readRun(
    _ bytes: UnsafeBufferPointer<UInt8>, _ run: Range<Int>, isCut: Bool, _ base: Int, _ vocabulary: ContextVocabulary,
    _ filter: PhraseFilter.Reading, _ tell: (_ numbers: [Int], _ end: Int) -> Void
  ) {
    var start = run.lowerBound
    var hash = ContextWords.emptyHash
    var whole = ContextWords.emptyHash
    for index in run {
      if index > start, ContextWords.beginsWord(bytes, index) {
        end(word: hash, base + start, base + index, vocabulary, filter, tell)
        hash = ContextWords.emptyHash
        start = index
      }
      let byte = bytes[index]
      ContextWords.add(byte, to: &hash)
      ContextWords.add(byte, to: &whole)
    }
    guard !isCut, !run.isEmpty else { return }
    end(word: hash, base + start, base + run.upperBound, vocabulary, filter, tell)
    if start > run.lowerBound, filter.mayContain(whole), let numbers = vocabulary.numbers(of: whole) {
      tell(numbers, base + run.upperBound)
    }
  }

  private mutating func end(
    word: UInt64, _ start: Int, _ end: Int, _ vocabulary: ContextVocabulary,
    _ filter: PhraseFilter.Reading, _ tell: (_ numbers: [Int], _ end: Int) -> Void
  ) {
    if lastEnd < start - ContextWords.widestGap { row = (0, 0, 0) }
    if filter.mayContain(word), let numbers = vocabulary.numbers(of: word) { tell(numbers, end) }
    if row.0 != 0, filter.mayEnd(word) {
      var phrase = word
      for before in [row.0, row.1, row.2] {
        guard before != 0 else { break }
        phrase = ContextWords.phrase(phrase, before)
        if filter.mayContain(phrase), let numbers = vocabulary.numbers(of: phrase) { tell(numbers, end) }
      }
    }
    row = (word, row.0, row.1)
    lastEnd = end
  }
}
