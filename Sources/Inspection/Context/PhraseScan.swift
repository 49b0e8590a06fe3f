internal import CText

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

  /// A phrase that may be one of those that are looked for, and where it ends in the view.
  struct Found {
    let hash: UInt64
    let end: Int
  }

  /// - Parameter base: the view's offset of the first byte.
  mutating func read(
    _ bytes: UnsafeBufferPointer<UInt8>, from base: Int, isLast: Bool, _ filter: PhraseFilter.Reading,
    into found: inout ContiguousArray<Found>
  ) {
    var index = max(0, position - base)
    if isWithinRun {
      while index < bytes.count, ContextWords.isLetter(bytes[index]) { index += 1 }
      isWithinRun = index == bytes.count
    }
    position = base + bytes.count
    guard index < bytes.count, let start = readWhole(bytes, from: index, base, filter, &found) else { return }
    let isLong = bytes.count - start > Self.longestRun
    guard isLast || isLong else { return position = base + start }
    finish(start..<bytes.count, bytes, base, filter, &found)
    isWithinRun = isLong
  }

  private static let blockBytes = 64

  /// Reads the letters in a row that end before the bytes do.
  ///
  /// - Returns: where those begin that do not.
  private mutating func readWhole(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ base: Int, _ filter: PhraseFilter.Reading,
    _ found: inout ContiguousArray<Found>
  ) -> Int? {
    guard let text = bytes.baseAddress else { return nil }
    var first: Int?
    var block = start
    var isAfterLetter: UInt64 = 0
    while block < bytes.count {
      let size = min(Self.blockBytes, bytes.count - block)
      let masks = sallyport_letter_masks(text + block, size)
      var changes = masks.letters ^ (masks.letters &<< 1 | isAfterLetter)
      if size < Self.blockBytes { changes &= 1 &<< UInt64(truncatingIfNeeded: size) &- 1 }
      while changes != 0 {
        let place = block + changes.trailingZeroBitCount
        changes &= changes &- 1
        guard let begin = first else {
          first = place
          continue
        }
        first = nil
        let isPlain =
          begin >= block && place - begin <= 8 && Self.hasNoCapital(masks.upper, begin &- block, place &- block)
        if isPlain, bytes.count - begin >= 8 {
          finish(WordHash.ofShort(text + begin, count: place &- begin), base + begin, base + place, filter, &found)
        } else {
          finish(begin..<place, bytes, base, filter, &found)
        }
      }
      isAfterLetter = masks.letters &>> 63
      block += Self.blockBytes
    }
    return first
  }

  /// Whether none but the first of some letters is a capital.
  @inline(__always)
  private static func hasNoCapital(_ capitals: UInt64, _ start: Int, _ end: Int) -> Bool {
    let behind = capitals &>> UInt64(truncatingIfNeeded: start)
    return behind & (1 &<< UInt64(truncatingIfNeeded: end &- start) &- 1) <= 1
  }

  /// Reads letters that may be several words.
  private mutating func finish(
    _ letters: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>, _ base: Int, _ filter: PhraseFilter.Reading,
    _ found: inout ContiguousArray<Found>
  ) {
    let run = letters.prefix(Self.longestRun)
    let isCut = letters.count > run.count
    var start = run.lowerBound
    for index in run.dropFirst() where ContextWords.beginsWord(bytes, index) {
      finish(WordHash.of(bytes[start..<index]), base + start, base + index, filter, &found)
      start = index
    }
    guard !isCut else { return }
    finish(WordHash.of(bytes[start..<run.upperBound]), base + start, base + run.upperBound, filter, &found)
    guard start > run.lowerBound else { return }
    let whole = WordHash.of(bytes[run])
    if filter.mayContain(whole) { found.append(Found(hash: whole, end: base + run.upperBound)) }
  }

  @inline(__always)
  private mutating func finish(
    _ word: UInt64, _ start: Int, _ end: Int, _ filter: PhraseFilter.Reading, _ found: inout ContiguousArray<Found>
  ) {
    if lastEnd < start - ContextWords.widestGap { row = (0, 0, 0) }
    if filter.mayBeAny(word) { tell(word, end, filter, &found) }
    row = (word, row.0, row.1)
    lastEnd = end
  }

  /// Tells what may be phrases that end with a word.
  private func tell(
    _ word: UInt64, _ end: Int, _ filter: PhraseFilter.Reading, _ found: inout ContiguousArray<Found>
  ) {
    if filter.mayContain(word) { found.append(Found(hash: word, end: end)) }
    guard filter.mayEnd(word) else { return }
    var phrase = word
    for before in [row.0, row.1, row.2] {
      guard before != 0 else { break }
      phrase = ContextWords.phrase(phrase, before)
      if filter.mayContain(phrase) { found.append(Found(hash: phrase, end: end)) }
    }
  }
}
