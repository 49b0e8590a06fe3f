/// Reads the words of a view as they come, and tells where a phrase ends that is looked for: what ``ContextWords`` sees
/// in a whole text, at the speed at which all of a message can be read.
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
  ///   - tell: is given the hash of what may be a phrase, and the offset of its end.
  mutating func read(
    _ bytes: UnsafeBufferPointer<UInt8>, from base: Int, isLast: Bool, _ filter: PhraseFilter.Reading,
    _ tell: (_ phrase: UInt64, _ end: Int) -> Void
  ) {
    guard let text = bytes.baseAddress else { return }
    var index = max(0, position - base)
    var runs = LetterRuns(text, count: bytes.count)
    if isWithinRun {
      index = runs.end(from: index).end
      isWithinRun = index == bytes.count
    }
    while true {
      index = runs.next(from: index)
      guard index < bytes.count else { break }
      let (end, hasCapitals) = runs.end(from: index)
      let isLong = end - index > Self.longestRun
      if end == bytes.count, !isLong, !isLast { break }
      let run = index..<min(end, index + Self.longestRun)
      if hasCapitals {
        readParts(of: run, bytes, isCut: isLong, base, filter, tell)
      } else if !isLong {
        let hash = WordHash.of(text + index, count: run.count, readable: bytes.count - index)
        finish(hash, base + index, base + end, filter, tell)
      }
      index = end
      isWithinRun = isLong && end == bytes.count
    }
    position = base + index
  }

  /// Reads letters that may be several words.
  ///
  /// - Parameter isCut: there are more of them.
  private mutating func readParts(
    of run: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>, isCut: Bool, _ base: Int, _ filter: PhraseFilter.Reading,
    _ tell: (_ phrase: UInt64, _ end: Int) -> Void
  ) {
    var start = run.lowerBound
    for index in run.dropFirst() where ContextWords.beginsWord(bytes, index) {
      finish(WordHash.of(bytes[start..<index]), base + start, base + index, filter, tell)
      start = index
    }
    guard !isCut else { return }
    finish(WordHash.of(bytes[start..<run.upperBound]), base + start, base + run.upperBound, filter, tell)
    guard start > run.lowerBound else { return }
    let whole = WordHash.of(bytes[run])
    if filter.mayContain(whole) { tell(whole, base + run.upperBound) }
  }

  @inline(__always)
  private mutating func finish(
    _ word: UInt64, _ start: Int, _ end: Int, _ filter: PhraseFilter.Reading,
    _ tell: (_ phrase: UInt64, _ end: Int) -> Void
  ) {
    if lastEnd < start - ContextWords.widestGap { row = (0, 0, 0) }
    if filter.mayContain(word) { tell(word, end) }
    if row.0 != 0, filter.mayEnd(word) {
      var phrase = word
      for before in [row.0, row.1, row.2] {
        guard before != 0 else { break }
        phrase = ContextWords.phrase(phrase, before)
        if filter.mayContain(phrase) { tell(phrase, end) }
      }
    }
    row = (word, row.0, row.1)
    lastEnd = end
  }
}
