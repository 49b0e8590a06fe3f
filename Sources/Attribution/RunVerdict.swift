internal import Glibc

/// Which of the runs are claims, and what else of a segment is known.
struct RunVerdict: ~Copyable {
  private let snapshot: IndexSnapshot
  private var aligner: RunAligner
  private var memory: MatchMemory
  private let others: SeenLines?
  /// Text of the store that other views are said to have.
  private let claimed: ByteRanges
  private var match = SegmentMatch()
  private let store: StoredLines
  private let table: PlaceSlots

  init(
    _ snapshot: IndexSnapshot, _ aligner: consuming RunAligner, _ memory: consuming MatchMemory, others: SeenLines?,
    claimed: ByteRanges
  ) {
    self.snapshot = snapshot
    store = snapshot.store.lines
    table = snapshot.lines.reading
    self.aligner = aligner
    self.memory = consume memory
    self.others = others
    self.claimed = claimed
  }

  /// - Parameter tellsLines: whether anybody wants to know which lines these were.
  consuming func finish(tellsLines: Bool) -> SegmentMatch {
    match.isCut = aligner.isExhausted
    if tellsLines { tellLines() }
    var used = MatchMemory()
    swap(&used, &memory)
    MatchMemory.giveBack(consume used)
    return match
  }

  private mutating func tellLines() {
    // Those of runs came before single ones.
    match.common.sort { $0.start < $1.start }
    match.lines.reserveCapacity(aligner.lines.lineCount)
    for index in 0..<aligner.lines.lineCount {
      let line = aligner.lines[index]
      let bytes = line.run >= 0 && memory.runs[Int(line.run)].isClaimed ? memory.runs[Int(line.run)].bytes : 0
      match.lines.append(
        .init(hash: line.hash, runBytes: UInt32(truncatingIfNeeded: bytes), start: Int(line.start)))
    }
  }

  // MARK: Runs

  /// - Parameter told: files that the message is known to have text of.
  mutating func judge(beside told: FileSet) {
    var told = told
    memory.doubtful.removeAll(keepingCapacity: true)
    for number in memory.runs.indices where !memory.runs[number].pairs.isEmpty {
      if memory.runs[number].copies >= AttributionLimits.commonFiles, !isGuarded(number) {
        noteCommon(number)
      } else if isEvidence(number, isKnown: false) {
        claimRun(number)
        if let file = file(number) { told.insert(file) }
      } else {
        memory.doubtful.append(number)
      }
    }
    for number in memory.doubtful {
      guard let file = file(number), told.contains(file), isEvidence(number, isKnown: true) else {
        continue
      }
      claimRun(number)
    }
  }

  private mutating func claimRun(_ number: Int) {
    guard !isElsewhere(number) else { return }
    memory.runs[number].isClaimed = true
    claimLines(of: number)
    claim(memory.runs[number].head, of: number)
    claim(memory.runs[number].tail, of: number)
  }

  private mutating func claim(_ part: SourceRun.Part?, of number: Int) {
    guard let part, isFree(part) else { return }
    claim(number, part.textStart..<part.textStart + part.count, Int(part.start)..<Int(part.start) + part.count)
  }

  /// Whether the line of the message belongs to this run and to no longer one.
  @inline(__always)
  private func owns(_ number: Int, _ pair: SourceRun.Pair) -> Bool {
    Int(aligner.lines[Int(pair.message)].run) == number
  }

  private func file(_ number: Int) -> SourceFile? {
    memory.runs[number].document >= 0 ? snapshot.store.document(memory.runs[number].document)?.file : nil
  }

  private func isGuarded(_ number: Int) -> Bool { file(number)?.isGuarded ?? false }

  /// Whether the line of the message belongs to this run, or to one of another content of the same file: the lines around
  /// one that a diff takes away say where that line is from.
  private func speaksFor(_ number: Int, _ pair: SourceRun.Pair) -> Bool {
    let owner = Int(aligner.lines[Int(pair.message)].run)
    return owner == number || owner >= 0 && file(owner) === file(number)
  }

  /// Whether no run has this part of the message's line: the end of one text and the beginning of the next may be on it.
  private func isFree(_ part: SourceRun.Part) -> Bool {
    let owner = Int(aligner.lines[Int(part.message)].run)
    guard owner >= 0 else { return true }
    return !memory.runs[owner].pairs.contains { pair in
      pair.message == part.message && pair.start < part.start + Int32(part.count) && part.start < pair.end
    }
  }
  /// Whether another view has most of the run in a longer one, at another place. A guarded file's is told wherever it is.
  private func isElsewhere(_ number: Int) -> Bool {
    guard let others, !isGuarded(number) else { return false }
    var bytes = 0
    var elsewhere = 0
    for pair in memory.runs[number].pairs {
      bytes += Int(pair.end - pair.start)
      let hash = aligner.lines[Int(pair.message)].hash
      guard others.claimedBytes(hash) > memory.runs[number].bytes, !claimed.contains(Int(store.starts[Int(pair.line)]))
      else {
        continue
      }
      elsewhere += Int(pair.end - pair.start)
    }
    return elsewhere * 2 > bytes
  }

  private mutating func noteCommon(_ number: Int) {
    for pair in memory.runs[number].pairs
    where owns(number, pair) && pair.end - pair.start >= AttributionLimits.tellingLineBytes {
      match.common.append(.init(hash: store.hash(Int(pair.line)), runBytes: 0, start: Int(pair.start)))
    }
  }

  /// Claims lines that follow each other on both sides together.
  private mutating func claimLines(of number: Int) {
    var open: (text: Range<Int>, place: Range<Int>, last: SourceRun.Pair)?
    let run = memory.runs[number]
    for index in run.pairs.indices {
      let pair = run.ordered(index)
      guard owns(number, pair) else { continue }
      let start = Int(store.starts[Int(pair.line)])
      let text = start..<start + Int(pair.end - pair.start)
      let place = Int(pair.start)..<Int(pair.end)
      if let before = open, pair.message == before.last.message + 1,
        store.nextText(after: Int(before.last.line)) == Int(pair.line)
      {
        open = (before.text.lowerBound..<text.upperBound, before.place.lowerBound..<place.upperBound, pair)
      } else {
        if let before = open { claim(number, before.text, before.place) }
        open = (text, place, pair)
      }
    }
    if let open { claim(number, open.text, open.place) }
  }

  private mutating func claim(_ number: Int, _ text: Range<Int>, _ place: Range<Int>) {
    match.claims.append(
      .init(
        document: memory.runs[number].document, text: text, place: place, copies: memory.runs[number].copies,
        run: number))
  }

  /// Whether so much can hardly be the same by chance. Most runs are settled by their first lines.
  private mutating func isEvidence(_ number: Int, isKnown: Bool) -> Bool {
    guard memory.runs[number].pairs.contains(where: { owns(number, $0) }) else { return false }
    // What a rule asks for is rather told once too often.
    let most = isGuarded(number) ? AttributionLimits.guardedWeight : Int.max
    var weight = 0
    // Lines that say nothing say something by standing where they do.
    var halves = 0
    memory.weighed.removeAll(keepingCapacity: true)
    for pair in memory.runs[number].pairs where speaksFor(number, pair) {
      let hash = store.hash(Int(pair.line))
      halves += 1
      guard !memory.weighed.contains(hash) else { continue }
      memory.weighed.append(hash)
      let more = weigh(Int(pair.line), hash, Int(pair.end - pair.start))
      guard more > 0 else { continue }
      weight += more
      halves += 1
      if weight >= min(most, AttributionLimits.weight(ofLines: halves / 2, isKnown: isKnown)) { return true }
    }
    guard halves > 0 else { return false }
    if let letters = letters(of: memory.runs[number].head) { (weight, halves) = (weight + letters, halves + 2) }
    if let letters = letters(of: memory.runs[number].tail) { (weight, halves) = (weight + letters, halves + 2) }
    return weight >= min(most, AttributionLimits.weight(ofLines: halves / 2, isKnown: isKnown))
  }

  /// Of a part of a line that says something.
  private func letters(of part: SourceRun.Part?) -> Int? {
    guard let part, isFree(part) else { return nil }
    let line = Int(part.line)
    guard !LicenceText.holds(store.text + Int(store.starts[line]), store.length(ofLine: line)) else { return nil }
    return Self.letters(store.text + part.textStart, part.count)
  }

  /// How much a line says: its letters, less where it stands in many places or says only what is included, nothing where
  /// it is a licence's.
  private func weigh(_ line: Int, _ hash: UInt32, _ count: Int) -> Int {
    let text = store.text + Int(store.starts[line])
    let letters = Self.letters(text, count)
    guard letters > 0, !LicenceText.holds(text, count) else { return 0 }
    let files = table.find(hash).count
    if files > AttributionLimits.commonFiles { return letters / AttributionLimits.commonDivisor }
    return ScaffoldText.holds(text, count) ? letters / AttributionLimits.scaffoldDivisor : letters
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
    lazy var winnow = LineWinnow(store.key)
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
      snapshot.parts.reading.forEach(hash) { other in
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
      document: document, text: other - before..<other + after, place: place - before..<place + after, copies: 0,
      run: -1)
  }

  // MARK: Common lines

  mutating func addCommonLines() {
    for index in 0..<aligner.lines.lineCount {
      let line = aligner.lines[index]
      guard line.entry.count > AttributionLimits.commonFiles, line.run < 0, !line.isSeen,
        line.end - line.start >= AttributionLimits.tellingLineBytes
      else { continue }
      match.common.append(.init(hash: line.found, runBytes: 0, start: Int(line.start)))
    }
  }
}
