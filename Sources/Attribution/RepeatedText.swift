/// The beginning and the end that a text has in common with one that was compared before, as far as nothing in them
/// depends on what is between them.
struct RepeatedText {
  private let before: SegmentMatch
  /// What is to be compared.
  let fresh: Range<Int>
  /// Where the common end begins in the text before.
  private let tail: Int

  /// - Returns: `nil` where too little is the same.
  init?(_ before: ComparedText, _ text: UnsafeBufferPointer<UInt8>) {
    guard !before.match.isCut, !before.match.lines.isEmpty else { return nil }
    let most = min(before.text.count, text.count)
    let bytes = UnsafeRawBufferPointer(text)
    let prefix = before.text.withUnsafeBytes { EqualBytes.atBeginning($0, bytes) }
    let suffix = before.text.withUnsafeBytes { EqualBytes.atEnd($0, bytes, atMost: most - prefix) }
    let cuts = Cuts(before.match)
    let head = cuts.head(within: prefix)
    let tail = cuts.tail(from: before.text.count - suffix, to: before.text.count) ?? before.text.count
    let end = text.count - (before.text.count - tail)
    guard head <= end, (head + text.count - end) * 2 >= text.count else { return nil }
    self.before = before.match
    self.tail = tail
    fresh = head..<end
  }

  /// A text of so many bytes that begins with the first `prefix` bytes of one that was compared before.
  ///
  /// - Returns: `nil` where too little is the same.
  init?(_ known: KnownMatch, prefix: Int, of count: Int) {
    guard !known.match.isCut, !known.match.lines.isEmpty, prefix <= min(known.count, count) else { return nil }
    let head = Cuts(known.match).head(within: prefix)
    guard head * 2 >= count else { return nil }
    before = known.match
    tail = max(known.count, head)
    fresh = head..<count
  }

  /// What is known of the common beginning and end.
  func files(in snapshot: IndexSnapshot) -> FileSet {
    var files = FileSet()
    var last = -1
    // Claims of one document stand together, for the most part.
    for claim in kept where claim.document != last {
      last = claim.document
      if let document = snapshot.store.document(last) { files.insert(document.file) }
    }
    return files
  }

  private var kept: some Sequence<SegmentMatch.Claim> {
    before.claims.lazy.filter { [head = fresh.lowerBound, tail] in
      $0.place.upperBound <= head || $0.place.lowerBound >= tail
    }
  }

  /// All of the text's match.
  ///
  /// - Parameter found: of what is ``fresh``, its places counted from there.
  func completed(by found: SegmentMatch) -> SegmentMatch {
    let old = before
    let (head, moved) = (fresh.lowerBound, fresh.upperBound - tail)
    var all = SegmentMatch()
    all.isCut = found.isCut
    all.claims.reserveCapacity(old.claims.count + found.claims.count)
    // Counted anew: numbers of what a conversation no longer has would grow with each of its messages.
    var runs = RunNumbers()
    for claim in kept {
      let offset = claim.place.upperBound <= head ? 0 : moved
      all.claims.append(claim.moved(by: offset, run: runs.number(of: claim.run)))
    }
    runs.beginAgain()
    for claim in found.claims { all.claims.append(claim.moved(by: head, run: runs.number(of: claim.run))) }
    all.lines = Self.joined(old.lines, found.lines, head, tail, moved)
    all.common = Self.joined(old.common, found.common, head, tail, moved)
    return all
  }

  /// In the order of the text.
  private static func joined(
    _ old: [SegmentMatch.Line], _ found: [SegmentMatch.Line], _ head: Int, _ tail: Int, _ moved: Int
  ) -> [SegmentMatch.Line] {
    let first = old.firstIndex(from: head)
    let last = old.firstIndex(from: tail)
    var lines: [SegmentMatch.Line] = []
    lines.reserveCapacity(first + found.count + old.count - last)
    lines += old[..<first]
    for line in found { lines.append(line.moved(by: head)) }
    for line in old[last...] { lines.append(line.moved(by: moved)) }
    return lines
  }

  /// The runs of claims in a row, counted from 0. Those of one run stand together.
  private struct RunNumbers {
    private var last = -1
    private var count = 0

    mutating func number(of run: Int) -> Int {
      guard run >= 0 else { return run }
      if run != last { count += 1 }
      last = run
      return count - 1
    }

    /// What comes now are runs of another match.
    mutating func beginAgain() { last = -1 }
  }

  /// Where a text may be cut so that no run goes across.
  private struct Cuts {
    private let lines: [SegmentMatch.Line]
    private let runs: ByteRanges

    /// Lines next to what is new, of which some may say something only with that.
    private static let margin = 8

    init(_ match: SegmentMatch) {
      lines = match.lines
      // By their numbers; parts of long lines have none, and follow.
      var extents = [Range<Int>?](repeating: nil, count: match.runCount)
      for claim in match.claims {
        guard claim.run >= 0 else {
          extents.append(claim.place)
          continue
        }
        let extent = extents[claim.run] ?? claim.place
        extents[claim.run] =
          min(extent.lowerBound, claim.place.lowerBound)..<max(extent.upperBound, claim.place.upperBound)
      }
      runs = ByteRanges(extents.compactMap(\.self))
    }

    /// Bytes next to what is new in a long line, of which parts are found by themselves.
    private static let marginBytes = 2 * (AttributionLimits.escapeDistance + AttributionLimits.partBytes)
    /// Bytes that a line is not cut for.
    private static let longBytes = 4096

    /// The last cut that leaves some text before `end`; 0 where there is none.
    func head(within end: Int) -> Int {
      let cut = lineHead(within: end)
      guard end - cut > Self.longBytes else { return cut }
      let inside = end - Self.marginBytes
      return max(cut, runs.range(around: inside)?.lowerBound ?? inside)
    }

    /// The first cut that leaves some text after `start`; nil where there is none.
    func tail(from start: Int, to end: Int) -> Int? {
      let cut = lineTail(from: start)
      guard (cut ?? end) - start > Self.longBytes else { return cut }
      let inside = start + Self.marginBytes
      return min(cut ?? end, runs.range(around: inside)?.upperBound ?? inside)
    }

    private func lineHead(within end: Int) -> Int {
      var line = lines.firstIndex(from: end) - 1 - Self.margin
      while line > 0 {
        let cut = lines[line].start
        guard let run = runs.range(around: cut), run.lowerBound < cut else { return cut }
        line = lines.firstIndex(from: run.lowerBound + 1) - 1
        if line >= 0, lines[line].start >= cut { line -= 1 }
      }
      return 0
    }

    private func lineTail(from start: Int) -> Int? {
      var line = lines.firstIndex(from: start) + Self.margin
      while line < lines.count {
        let cut = lines[line].start
        guard let run = runs.range(around: cut), run.lowerBound < cut else { return cut }
        line = lines.firstIndex(from: run.upperBound)
      }
      return nil
    }
  }
}

extension [SegmentMatch.Line] {
  /// The first that begins there or later.
  func firstIndex(from place: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].start < place { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
