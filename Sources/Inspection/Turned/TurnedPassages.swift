/// Which passages of a view are to be read turned, by the words in them.
///
/// A passage is one of equal parts of the view and what stands before and behind it, so that nothing depends on how the
/// bytes arrived, and no byte is turned more than a few times.
struct TurnedPassages: Sendable {
  struct Passage: Sendable {
    let turn: Turn
    let part: Int

    /// In the view: all of it, for a view that ends there.
    func range(in end: Int) -> Range<Int> {
      let start = max(0, part * TurnedPassages.partBytes - TurnedPassages.marginBytes)
      return start..<max(start, min(end, (part + 1) * TurnedPassages.partBytes + TurnedPassages.marginBytes))
    }

    /// In the view, without what is there for the sake of words near a match and of a match's end.
    ///
    /// - Parameter isLast: the view ends there; otherwise what stands there may be cut.
    func told(in end: Int, isLast: Bool) -> Range<Int> {
      let range = range(in: end)
      let start = range.lowerBound == 0 ? 0 : range.lowerBound + TurnedPassages.edgeBytes
      return start..<max(start, isLast && range.upperBound == end ? end : range.upperBound - TurnedPassages.edgeBytes)
    }
  }

  /// Views keep more than a part and a margin behind what is looked at.
  private static let partBytes = 4096
  private static let marginBytes = 2048
  private static let edgeBytes = 256
  private static let shortBytes = 512

  /// Those that were not read yet, in order.
  private(set) var pending: [Passage] = []
  /// By turn, where the last passage told things.
  private var told: [Turn: Range<Int>] = [:]
  /// By turn, what was seen of the part that words are read in.
  private var evidence: [Turn: Evidence] = [:]

  private struct Evidence {
    let part: Int
    var weight = 0
    /// There was a word that says nothing but in a short text.
    var isWeak = false
    var words: [UInt64] = []
  }

  /// Counts a word; each counts once for a part.
  ///
  /// - Parameter end: of the word, in the view.
  mutating func add(_ word: TurnedWords.Word, _ hash: UInt64, endingAt end: Int) {
    let part = max(0, end - 1) / Self.partBytes
    var seen = evidence[word.turn] ?? Evidence(part: part)
    if seen.part != part { seen = Evidence(part: part) }
    defer { evidence[word.turn] = seen }
    guard seen.weight < TurnedWords.enough, !seen.words.contains(hash) else { return }
    if word.weight == 0 {
      seen.isWeak = end <= Self.shortBytes
    } else {
      seen.words.append(hash)
      seen.weight += word.weight
    }
    if seen.weight >= TurnedWords.enough { pending.append(Passage(turn: word.turn, part: part)) }
  }

  /// The view is complete: of a short one, a single word is enough.
  mutating func finish(at end: Int) {
    guard end <= Self.shortBytes else { return }
    for turn in Turn.allCases {
      guard let seen = evidence[turn], seen.weight < TurnedWords.enough, seen.weight > 0 || seen.isWeak else {
        continue
      }
      evidence[turn]?.weight = TurnedWords.enough
      pending.append(Passage(turn: turn, part: seen.part))
    }
  }

  /// Notes where a passage tells things.
  ///
  /// - Returns: where the one before it, turned alike, did.
  mutating func tell(_ range: Range<Int>, _ turn: Turn) -> Range<Int> {
    defer { told[turn] = range }
    return told[turn] ?? 0..<0
  }

  /// Takes the next passage whose bytes are all there.
  mutating func next(end: Int, isLast: Bool) -> Passage? {
    guard let first = pending.first, isLast || first.range(in: .max).upperBound <= end else { return nil }
    return pending.removeFirst()
  }
}
