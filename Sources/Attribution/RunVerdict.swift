internal import Glibc

/// Which of the runs are claims, and what else of a segment is known.
struct RunVerdict: ~Copyable {
  private let snapshot: IndexSnapshot
  private var aligner: RunAligner
  private let runs: [SourceRun]
  private var match = SegmentMatch()
  /// What of the segment is claimed, in no order.
  private var store: LineStore { snapshot.store }

  init(_ snapshot: IndexSnapshot, _ aligner: consuming RunAligner, _ runs: [SourceRun]) {
    self.snapshot = snapshot
    self.aligner = aligner
    self.runs = runs
  }

  consuming func finish() -> SegmentMatch {
    match.lines.reserveCapacity(aligner.lines.lineCount)
    for index in 0..<aligner.lines.lineCount { match.lines.append(aligner.lines[index].hash) }
    match.isCut = aligner.isExhausted
    return match
  }

  // MARK: Runs

  mutating func judge() {
    for (number, run) in runs.enumerated() {
      let own = run.pairs.filter { Int(aligner.lines[Int($0.message)].run) == number }
      guard !own.isEmpty else { continue }
      guard run.copies < AttributionLimits.commonFiles || file(of: run)?.isGuarded == true else {
        for pair in own where pair.end - pair.start >= AttributionLimits.tellingLineBytes {
          match.common.insert(store.hash(Int(pair.line)))
        }
        continue
      }
      var parts: [SourceRun.Part] = []
      if let head = run.head, isFree(head) { parts.append(head) }
      if let tail = run.tail, isFree(tail) { parts.append(tail) }
      guard isEvidence(own + elsewhere(run, number), parts) else { continue }
      claim(run, own)
      for part in parts {
        claim(run, part.textStart..<part.textStart + part.count, Int(part.start)..<Int(part.start) + part.count)
      }
    }
  }

  /// Whether no run has this part of the message's line: the end of one text and the beginning of the next may be on it.
  private func isFree(_ part: SourceRun.Part) -> Bool {
    let owner = Int(aligner.lines[Int(part.message)].run)
    guard owner >= 0 else { return true }
    return !runs[owner].pairs.contains { pair in
      pair.message == part.message && pair.start < part.start + Int32(part.count) && part.start < pair.end
    }
  }

  /// What of the run another content of the same file has as well, and more of: the lines around one that a diff takes
  /// away say where that line is from.
  private func elsewhere(_ run: SourceRun, _ number: Int) -> [SourceRun.Pair] {
    run.pairs.filter { pair in
      let owner = Int(aligner.lines[Int(pair.message)].run)
      return owner != number && owner >= 0 && file(of: runs[owner]) === file(of: run)
    }
  }

  private func file(of run: SourceRun) -> SourceFile? {
    run.document >= 0 ? store.document(run.document)?.file : nil
  }

  /// Claims lines that follow each other on both sides together.
  private mutating func claim(_ run: SourceRun, _ pairs: [SourceRun.Pair]) {
    var open: (text: Range<Int>, place: Range<Int>, last: SourceRun.Pair)?
    for pair in pairs.sorted(by: { $0.message < $1.message }) {
      let start = Int(store.starts[Int(pair.line)])
      let text = start..<start + Int(pair.end - pair.start)
      let place = Int(pair.start)..<Int(pair.end)
      if let before = open, pair.message == before.last.message + 1,
        store.nextText(after: Int(before.last.line)) == Int(pair.line)
      {
        open = (before.text.lowerBound..<text.upperBound, before.place.lowerBound..<place.upperBound, pair)
      } else {
        if let before = open { claim(run, before.text, before.place) }
        open = (text, place, pair)
      }
    }
    if let open { claim(run, open.text, open.place) }
  }

  private mutating func claim(_ run: SourceRun, _ text: Range<Int>, _ place: Range<Int>) {
    match.claims.append(.init(document: run.document, text: text, place: place, copies: run.copies))
  }

  /// Whether so much can hardly be the same by chance. Most runs are settled by their first lines.
  private func isEvidence(_ pairs: [SourceRun.Pair], _ parts: [SourceRun.Part]) -> Bool {
    var weight = 0
    // Lines that say nothing say something by standing where they do.
    var halves = 0
    var seen: [UInt32] = []
    for pair in pairs {
      let hash = store.hash(Int(pair.line))
      halves += 1
      guard !seen.contains(hash) else { continue }
      seen.append(hash)
      let more = weigh(Int(pair.line), hash, Int(pair.end - pair.start))
      guard more > 0 else { continue }
      weight += more
      halves += 1
      if weight >= AttributionLimits.weight(ofLines: halves / 2) { return true }
    }
    for part in parts { weight += Self.letters(store.text + part.textStart, part.count) / 2 }
    return weight >= AttributionLimits.weight(ofLines: halves / 2 + parts.count)
  }

  /// How much a line says: its letters, less where it stands in many places, nothing where it is a licence's.
  private func weigh(_ line: Int, _ hash: UInt32, _ count: Int) -> Int {
    let text = store.text + Int(store.starts[line])
    let letters = Self.letters(text, count)
    guard letters > 0, !LicenceText.holds(text, count) else { return 0 }
    return snapshot.lines.find(hash).isCommon ? letters / AttributionLimits.commonDivisor : letters
  }

  /// Letters, digits and what is beyond ASCII.
  private static func letters(
    _ text: UnsafePointer<UInt8>, _ count: Int, atMost most: Int = AttributionLimits.weighedBytes
  ) -> Int {
    var letters = 0
    for index in 0..<min(count, most) {
      let byte = text[index]
      if (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte >= 0x80 { letters += 1 }
    }
    return letters
  }

  // MARK: Parts of long lines

  /// Looks for parts of long lines that are no document's whole line.
  mutating func addParts() {
    guard snapshot.parts.used > 0 else { return }
    let winnow = LineWinnow(store.key)
    for index in 0..<aligner.lines.lineCount where aligner.lines[index].run < 0 && !aligner.lines[index].isSeen {
      let line = aligner.lines[index]
      guard line.end - line.start >= AttributionLimits.partWeight else { continue }
      // All of a JSON text may be one line, whose lines are in another view.
      guard line.end - line.start > AttributionLimits.escapedLineBytes else {
        addParts(Int(line.start), Int(line.end), winnow)
        continue
      }
      for range in stretches(Int(line.start), Int(line.end)) { addParts(range.lowerBound, range.upperBound, winnow) }
    }
  }

  /// Text far from every escape, which is in no other view.
  private func stretches(_ start: Int, _ end: Int) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var position = start
    let text = aligner.lines.text
    while end - position > AttributionLimits.escapeDistance {
      // The last escape of so many bytes, from behind: where they are dense this passes over most of the text.
      var last = position + AttributionLimits.escapeDistance
      while last >= position, text[last] != 0x5c { last -= 1 }
      if last < position {
        let stop =
          memchr(text + position, 0x5c, end - position)
          .map { UnsafeRawPointer($0) - UnsafeRawPointer(text) } ?? end
        found.append(position..<stop)
        last = stop
      }
      position = last + 1
    }
    return found
  }

  private mutating func addParts(_ start: Int, _ end: Int, _ winnow: LineWinnow) {
    var done = start
    let text = aligner.lines.text
    var chosen: [(UInt32, Int)] = []
    winnow.forEach(text, from: start, to: end) { chosen.append(($0, $1)) }
    for (hash, place) in chosen where place >= done {
      var best: SegmentMatch.Claim?
      snapshot.parts.forEach(hash) { other in
        if let claim = extend(place, other, start, end), claim.text.count > best?.text.count ?? 0 { best = claim }
      }
      guard let best else { continue }
      done = best.place.upperBound
      let letters = Self.letters(
        store.text + best.text.lowerBound, best.text.count, atMost: AttributionLimits.partWeight * 4)
      guard letters >= AttributionLimits.partWeight else { continue }
      match.claims.append(best)
    }
  }

  /// As much of the two lines as is the same around the places.
  private func extend(_ place: Int, _ other: Int, _ start: Int, _ end: Int) -> SegmentMatch.Claim? {
    let document = store.documentIndex(ofText: other, among: snapshot.documentCount)
    guard document >= 0 else { return nil }
    let line = store.line(
      atOffset: other, from: Int(store.firstLines[document]), to: Int(store.firstLines[document + 1]) - 1)
    guard store.hash(line) != LineHash.boundary else { return nil }
    let (lineStart, lineEnd) = (Int(store.starts[line]), store.textEnd(ofLine: line))
    let text = aligner.lines.text
    var before = 0
    while place - before > start, other - before > lineStart, text[place - before - 1] == store.text[other - before - 1]
    {
      before += 1
    }
    var after = 0
    while place + after < end, other + after < lineEnd, text[place + after] == store.text[other + after] { after += 1 }
    guard before + after >= AttributionLimits.partBytes else { return nil }
    return SegmentMatch.Claim(
      document: document, text: other - before..<other + after, place: place - before..<place + after, copies: 0)
  }

  // MARK: Common lines

  mutating func addCommonLines() {
    var seen: Set<UInt32> = []
    for index in 0..<aligner.lines.lineCount {
      let line = aligner.lines[index]
      guard line.run < 0, line.isLookedUp, !line.isSeen, line.entry.count > AttributionLimits.commonFiles,
        line.end - line.start >= AttributionLimits.tellingLineBytes, seen.insert(line.found).inserted
      else { continue }
      if stands(line.entry, inMoreThan: AttributionLimits.commonFiles) { match.common.insert(line.found) }
    }
  }

  private func stands(_ entry: PlaceTable.Entry, inMoreThan most: Int) -> Bool {
    // Places follow each other from the last document to the first.
    var documents = 0
    var last = -1
    var place = entry.place
    for _ in 0..<AttributionLimits.chainPlaces where place > 0 && documents <= most {
      let document = store.documentIndex(ofLine: place, among: snapshot.documentCount)
      if document != last { documents += 1 }
      last = document
      place = store.link(place)
    }
    return documents > most
  }
}
