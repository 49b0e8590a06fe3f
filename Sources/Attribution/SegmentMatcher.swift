/// Finds what of a segment of text comes from documents.
///
/// Lines are looked up in order. The first of a run that stands in few places leads to all of it, and the rest needs no
/// look-up. A line in many places is looked up with the next two. Of several places the longest run counts.
struct SegmentMatcher: ~Copyable {
  private let snapshot: IndexSnapshot
  private let store: StoredLines
  private let table: PlaceSlots
  private let grams: PlaceSlots
  private var aligner: RunAligner
  private var preference: PlacePreference
  /// Files that the message is known to have text of.
  private let told: FileSet
  private let others: SeenLines?
  private var memory = MatchMemory.take()

  /// - Parameters:
  ///   - text: stays where it is as long as the matcher is used.
  ///   - others: what other views have, and so need not be looked for.
  init(
    _ snapshot: IndexSnapshot, _ text: UnsafeBufferPointer<UInt8>, preference: PlacePreference,
    others: SeenLines? = nil
  ) {
    self.snapshot = snapshot
    self.preference = preference
    told = preference.matched
    store = snapshot.store.lines
    table = snapshot.lines.reading
    grams = snapshot.grams.reading
    aligner = RunAligner(store, MessageLines(text, key: store.key, seen: others))
    self.others = others
  }

  /// What comes from where.
  ///
  /// - Parameter tellsLines: whether anybody wants to know which lines there are.
  consuming func match(tellsLines: Bool = false) -> SegmentMatch {
    let count = aligner.lines.lineCount
    for index in 0..<count where aligner.lines[index].run < 0 && !aligner.lines[index].isSeen {
      guard !aligner.isExhausted else { break }
      follow(index)
    }
    for index in memory.unsure where aligner.lines[index].run < 0 && !aligner.isExhausted {
      guard let hash = gram(at: index) else { continue }
      collect(gramsOf: grams.find(hash))
      adopt(through: index)
    }
    var used = MatchMemory()
    swap(&used, &memory)
    var verdict = RunVerdict(snapshot, aligner, consume used, others: others, claimed: preference.claimed)
    verdict.judge(beside: told)
    verdict.addParts()
    verdict.addCommonLines()
    return verdict.finish(tellsLines: tellsLines)
  }

  /// Follows the run that the line belongs to, if it stands in few enough places to be looked at.
  private mutating func follow(_ index: Int) {
    lookUp(index)
    let entry = aligner.lines[index].entry
    guard !entry.isEmpty else { return }
    if entry.count <= AttributionLimits.fewPlaces {
      collect(linesOf: entry)
      if memory.places.count <= AttributionLimits.fewPlaces { return adopt(through: index) }
    }
    // Of many places those count where it goes on as here.
    guard let hash = gram(at: index) else { return }
    let found = grams.find(hash)
    guard !found.isEmpty else { return }
    guard !found.isCommon else { return memory.unsure.append(index) }
    collect(gramsOf: found)
    adopt(through: index)
  }

  // MARK: Looking up

  /// Lines whose first slots are loaded together.
  private static let batch = 32

  private mutating func lookUp(_ index: Int) {
    guard !aligner.lines[index].isLookedUp else { return }
    let end = min(index + Self.batch, aligner.lines.lineCount)
    withUnsafeTemporaryAllocation(of: PlaceTable.Entry.self, capacity: Self.batch) { slots in
      for other in index..<end {
        slots.initializeElement(at: other - index, to: table.firstSlot(aligner.lines[other].hash))
      }
      for other in index..<end where !aligner.lines[other].isLookedUp {
        let hash = aligner.lines[other].hash
        aligner.lines.set(other, table.find(hash, startingWith: slots[other - index]), hash)
      }
    }
    lookUpReadings(index..<end)
  }

  /// Looks for what was not found as it is without its decorations.
  private mutating func lookUpReadings(_ range: Range<Int>) {
    withUnsafeTemporaryAllocation(of: AskedReading.self, capacity: Self.batch * 2) { asked in
      var index = range.lowerBound
      while index < range.upperBound { index = lookUpReadings(index..<range.upperBound, asking: asked) }
    }
  }

  /// - Parameter asked: has room for those of several lines.
  /// - Returns: the first line that was not looked for, since there was no room for its readings.
  private mutating func lookUpReadings(
    _ range: Range<Int>, asking asked: UnsafeMutableBufferPointer<AskedReading>
  ) -> Int {
    var count = 0
    var index = range.lowerBound
    while index < range.upperBound, count + MessageLines.mostReadings <= asked.count {
      if Self.asksForReadings(aligner.lines[index]) {
        aligner.lines.noteReadingsLookedUp(index)
        aligner.lines.forEachOtherReading(of: index) { reading in
          asked.initializeElement(
            at: count, to: AskedReading(line: Int32(truncatingIfNeeded: index), hash: reading.hash))
          count += 1
          return false
        }
      }
      index += 1
    }
    // All slots are asked for before any is looked at: memory is waited for once.
    for place in 0..<count { asked[place].slot = table.firstSlot(asked[place].hash) }
    for place in 0..<count where aligner.lines[Int(asked[place].line)].entry.isEmpty {
      let entry = table.find(asked[place].hash, startingWith: asked[place].slot)
      if !entry.isEmpty { aligner.lines.set(Int(asked[place].line), entry, asked[place].hash) }
    }
    return index
  }

  private struct AskedReading {
    let line: Int32
    let hash: UInt32
    var slot = PlaceTable.Entry.none
  }

  @inline(__always)
  private static func asksForReadings(_ line: MessageLine) -> Bool {
    line.entry.isEmpty && !line.isReadingLookedUp && !line.isSeen
  }

  /// The hash of the line and the next two as they were found.
  private mutating func gram(at index: Int) -> UInt32? {
    guard index + 2 < aligner.lines.lineCount else { return nil }
    lookUp(index + 1)
    lookUp(index + 2)
    let (one, two, three) = (aligner.lines[index], aligner.lines[index + 1], aligner.lines[index + 2])
    guard !two.isCutBefore, !three.isCutBefore, !one.entry.isEmpty, !two.entry.isEmpty, !three.entry.isEmpty else {
      return nil
    }
    return store.key.hash(one.found, two.found, three.found)
  }

  private mutating func collect(linesOf entry: PlaceTable.Entry) {
    memory.places.removeAll(keepingCapacity: true)
    var place = entry.isEmpty ? 0 : entry.place
    for _ in 0..<AttributionLimits.chainPlaces where place > 0 {
      add(place)
      place = store.link(place)
    }
  }

  private mutating func collect(gramsOf entry: PlaceTable.Entry) {
    memory.places.removeAll(keepingCapacity: true)
    var place = entry.isEmpty ? 0 : entry.place
    for _ in 0..<AttributionLimits.chainPlaces where place > 0 {
      add(place)
      place = store.gramLink(place)
    }
  }

  private mutating func add(_ place: Int) {
    if place < snapshot.lineCount { memory.places.append(place) }
  }

  // MARK: Choosing

  /// Keeps the best of the runs through the line at the collected places.
  private mutating func adopt(through index: Int) {
    memory.best.clear()
    memory.tied.removeAll(keepingCapacity: true)
    if snapshot.hasVersions { addEarlierVersions() }
    if !preference.claimed.ranges.isEmpty { keepClaimed() }
    for place in memory.places {
      aligner.align(index, place, into: &memory.candidate)
      // Less can be no evidence.
      guard memory.candidate.bytes >= AttributionLimits.leastRunBytes else { continue }
      if memory.candidate.isBetter(than: memory.best) {
        swap(&memory.candidate, &memory.best)
        memory.tied.removeAll(keepingCapacity: true)
      } else if memory.candidate.isAsGood(as: memory.best) {
        tie()
      }
    }
    guard !memory.best.pairs.isEmpty else { return }
    settle()
  }

  /// Where another view of the message has the line, it is that one here, too.
  private mutating func keepClaimed() {
    let claimed = preference.claimed
    guard memory.places.contains(where: { claimed.contains(Int(store.starts[$0])) }) else { return }
    memory.places.removeAll { !claimed.contains(Int(store.starts[$0])) }
  }

  /// Two places with as much in common, unless a few letters before or after tell which it is.
  private mutating func tie() {
    let (more, less) = (aligner.hint(memory.candidate), aligner.hint(memory.best))
    guard abs(more - less) < AttributionLimits.hintBytes(ofPlaces: memory.places.count) else {
      if more > less { swap(&memory.candidate, &memory.best) }
      return memory.tied.removeAll(keepingCapacity: true)
    }
    let (one, other) = (place(of: memory.candidate), place(of: memory.best))
    guard let one, let other else { return }
    for document in [one.document, other.document] where !memory.tied.contains(ObjectIdentifier(document.file)) {
      memory.tied.append(ObjectIdentifier(document.file))
    }
    if preference.prefers(one, to: other) { swap(&memory.candidate, &memory.best) }
  }

  private func place(of run: SourceRun) -> PlacePreference.Place? {
    guard let line = run.pairs.first.map({ Int($0.line) }) else { return nil }
    let index = store.documentIndex(ofLine: line, among: snapshot.documentCount)
    guard index >= 0, let document = snapshot.store.document(index) else { return nil }
    return PlacePreference.Place(
      document: document, line: line - Int(store.firstLines[index]), text: Int(store.starts[line]))
  }

  private mutating func settle() {
    guard let line = memory.best.pairs.first.map({ Int($0.line) }) else { return }
    memory.best.document = store.documentIndex(ofLine: line, among: snapshot.documentCount)
    memory.best.copies = max(0, memory.tied.count - 1)
    guard memory.best.document >= 0, let document = snapshot.store.document(memory.best.document) else { return }
    preference.note(document)
    let number = Int32(truncatingIfNeeded: memory.runs.count)
    for pair in memory.best.pairs {
      let owner = aligner.lines[Int(pair.message)].run
      if owner < 0 || memory.runs[Int(owner)].bytes < memory.best.bytes { aligner.lines.own(Int(pair.message), number) }
    }
    var settled = memory.best
    // Of no more than it holds: the memory of the best one is for the next.
    settled.pairs = memory.best.pairs.withUnsafeBufferPointer { ContiguousArray($0) }
    memory.runs.append(settled)
  }

  /// Lines that a file keeps when it changes are found in its present content; what was sent before may be longer in an
  /// earlier one.
  private mutating func addEarlierVersions() {
    for place in memory.places {
      let index = store.documentIndex(ofLine: place, among: snapshot.documentCount)
      guard index >= 0, let document = snapshot.store.document(index), document.previous != nil else { continue }
      let identity = document.identities[place - Int(store.firstLines[index])]
      var earlier = document.previous
      for _ in 0..<AttributionLimits.versions {
        guard let version = earlier else { break }
        earlier = version.previous
        guard let line = version.identities.line(of: identity),
          let first = version.firstLine(in: snapshot.store, among: snapshot.documentCount)
        else { continue }
        memory.places.append(first + line)
      }
    }
  }
}
