internal import Decoding
internal import Evidence

/// Looks at every view of one message: one streaming pass, then confirmation of what that pass reports.
// As in ``ViewScan``, of what changes for every hit it is not asked whether two accesses overlap.
final class MessageScanner: ViewObserver {
  let detectors: DetectorSet
  @exclusivity(unchecked) var matcher = PatternMatcher()
  @exclusivity(unchecked) private var hits: ContiguousArray<PatternStream.Hit> = []
  @exclusivity(unchecked) var foundPhrases: ContiguousArray<PhraseScan.Found> = []
  @exclusivity(unchecked) var scannedBytes = 0
  @exclusivity(unchecked) private var turnedBytes = 0
  /// In passages that were turned, and in what they hold.
  private var passageBytes = 0
  private var scans: [ViewScan] = []
  @exclusivity(unchecked) private var kept: KeptSightings
  private var tables: [SightedTable] = []
  /// Of views that are made anew each time somebody asks what there is so far.
  private var provisional = KeptSightings()
  private var provisionalTables: [SightedTable] = []
  /// Bytes went by unseen: memory was short, or the message asked for more confirmations than any needs.
  @exclusivity(unchecked) var hasMissed = false
  /// Where they are kept for editing.
  private(set) var views: [Int: DecodedView] = [:]
  private let keepsViews: Bool
  /// What every match was made of, where somebody wants to know.
  private(set) var candidates: [Candidate] = []
  let explains: Bool
  /// Somebody else who looks at the same views, so that a message is decoded once.
  private let companion: (any ViewObserver)?

  init(
    _ detectors: DetectorSet, keepsViews: Bool = false, explains: Bool = false,
    alongside companion: (any ViewObserver)? = nil
  ) {
    self.explains = explains
    self.detectors = detectors
    self.keepsViews = keepsViews
    isOfTurned = false
    kept = KeptSightings(isForEditing: keepsViews)
    self.companion = companion
  }

  /// One that stands where the other does, without its scans.
  private init(copying other: MessageScanner, alongside companion: (any ViewObserver)?) {
    detectors = other.detectors
    keepsViews = other.keepsViews
    explains = other.explains
    isOfTurned = other.isOfTurned
    self.companion = companion
    matcher = other.matcher
    scannedBytes = other.scannedBytes
    turnedBytes = other.turnedBytes
    passageBytes = other.passageBytes
    kept = other.kept
    tables = other.tables
    hasMissed = other.hasMissed
  }

  /// Whether what it looks at is a part of a message that was turned.
  let isOfTurned: Bool

  /// One for a part of the other's message, turned, at the other's cost.
  init(ofTurnedIn other: MessageScanner) {
    detectors = other.detectors
    keepsViews = false
    explains = other.explains
    isOfTurned = true
    companion = nil
    matcher = other.matcher
    scannedBytes = other.scannedBytes
    kept = KeptSightings(isForEditing: other.keepsViews)
  }

  /// Whether the message has not yet had more of itself turned than any needs.
  func mayReadPassages() -> Bool {
    let most = InspectionLimits.minimumPassages + scannedBytes * InspectionLimits.maximumPassagesPerByte
    if passageBytes >= most { hasMissed = true }
    return passageBytes < most
  }

  /// What a passage took is taken from what the message may.
  ///
  /// - Parameter hasIssues: not all of it could be decoded.
  func takeCosts(of passage: MessageScanner, hasIssues: Bool) {
    matcher = passage.matcher
    passageBytes += passage.scannedBytes - scannedBytes
    let seen = passage.seen
    hasMissed = hasMissed || hasIssues || seen.hasFailed || !seen.numerous.isEmpty
  }

  /// A scanner that stands where this one does, with its tree.
  ///
  /// - Returns: `nil` where the tree cannot be copied.
  func copy(
    of tree: DecodingTree, alongside companion: (any ViewObserver)? = nil
  ) -> (scanner: MessageScanner, tree: DecodingTree)? {
    let copy = MessageScanner(copying: self, alongside: companion)
    var copied: [ObjectIdentifier: ViewScan] = [:]
    let streamBytes = (detectors.database?.streamBytes ?? 0) + (detectors.canaries?.streamBytes ?? 0)
    let tree = tree.copy(for: copy) { original, view in
      guard let scan = original.attachment as? ViewScan, let new = ViewScan(copying: scan, of: view) else { return nil }
      view.attachment = new
      copied[ObjectIdentifier(scan)] = new
      return streamBytes
    }
    guard let tree else { return nil }
    // In the same order.
    copy.scans = scans.compactMap { copied[ObjectIdentifier($0)] }
    return copy.scans.count == scans.count ? (copy, tree) : nil
  }

  /// What it takes in memory besides its streams: some of it may be shared with other copies, and is counted for each.
  var heldBytes: Int {
    kept.heldBytes + tables.count * SightedTable.heldBytes + scans.reduce(0) { $0 + $1.heldBytes }
  }

  func view(_ view: DecodedView, received range: Range<Int>, isLast: Bool) -> Int {
    let kept = companion?.view(view, received: range, isLast: isLast) ?? range.upperBound
    return min(kept, look(view, range, isLast: isLast))
  }

  /// - Returns: the lowest offset that is still needed.
  private func look(_ view: DecodedView, _ range: Range<Int>, isLast: Bool) -> Int {
    guard !view.isReadBeneath else {
      if keepsViews, !view.isProvisional { views[view.id] = view }
      return range.upperBound
    }
    guard let scan = scan(of: view) else { return range.upperBound }
    if !range.isEmpty { look(scan, range) }
    readShapes(scan, isLast: isLast)
    readPhrases(scan, isLast: isLast)
    let kept = min(
      confirm(scan, isLast: isLast), confirmWords(scan, isLast: isLast), readWordLists(scan, isLast: isLast),
      readOwnTables(scan, isLast: isLast), readTurned(scan, isLast: isLast))
    settleRecords(scan, before: kept, isLast: isLast)
    if isLast {
      if explains { searchEverywhere(scan) }
      end(scan)
    }
    return kept
  }

  private func scan(of view: DecodedView) -> ViewScan? {
    if let scan = view.attachment as? ViewScan { return scan }
    guard view.attachment == nil else { return nil }
    let scan = ViewScan(view, detectors)
    view.attachment = scan
    scans.append(scan)
    if keepsViews, !view.isProvisional { views[view.id] = view }
    return scan
  }

  private func end(_ scan: ViewScan) {
    scan.stream = nil
    scan.canaries = nil
    // Its view may live on for the sake of places.
    scan.searchedEnd = []
    scan.confirmedEnd = [:]
    scan.columns = ColumnWords()
    scans.removeAll { $0 === scan }
  }

  private func look(_ scan: ViewScan, _ range: Range<Int>) {
    let (base, buffer) = scan.view.bytes
    let bytes = UnsafeBufferPointer(rebasing: buffer[(range.lowerBound - base)..<(range.upperBound - base)])
    scannedBytes += bytes.count
    let isLookedAt = detectors.scratches.lend { look(scan, bytes, $0) }
    if !isLookedAt, detectors.database != nil || detectors.canaries != nil { hasMissed = true }
  }

  /// - Returns: false where the library failed, so that the bytes count as not seen.
  private func look(_ scan: ViewScan, _ bytes: UnsafeBufferPointer<UInt8>, _ scratch: OpaquePointer) -> Bool {
    if detectors.database != nil {
      hits.removeAll(keepingCapacity: true)
      guard scan.stream?.scan(bytes, scratch, &hits) == true else { return false }
      for hit in hits {
        if case .word = detectors.leads[hit.lead] {
          scan.pendingWords.append(.init(lead: ~hit.lead, end: hit.end))
        } else {
          scan.pending.append(hit)
        }
      }
    }
    if detectors.canaries != nil {
      hits.removeAll(keepingCapacity: true)
      guard scan.canaries?.scan(bytes, scratch, &hits) == true else { return false }
      for hit in hits { sight(canary: hit, scan.view) }
    }
    return true
  }

  private func readShapes(_ scan: ViewScan, isLast: Bool) {
    let (base, buffer) = scan.view.bytes
    let known = scan.pendingShapes.count
    scan.shapes.read(buffer, from: base, isLast: isLast, detectors.shapes, into: &scan.pendingShapes)
    if scan.pendingShapes.count > known { scan.pendingShapes.sort { ($0.end, $0.lead) < ($1.end, $1.lead) } }
  }

  /// Confirms hits in order, up to the first that waits for more bytes.
  ///
  /// - Returns: the lowest offset that is still needed.
  private func confirm(_ scan: ViewScan, isLast: Bool) -> Int {
    let needed = confirm(&scan.pending, endingUpTo: .max, scan, isLast: isLast)
    let neededOfShapes = confirm(
      &scan.pendingShapes, endingUpTo: isLast ? .max : scan.shapes.position, scan, isLast: isLast)
    let unread = scan.shapes.position - detectors.shapes.layout.farthest - InspectionLimits.keywordBytes
    return min(needed, neededOfShapes, max(0, unread))
  }

  private func confirm(
    _ hits: inout [PatternStream.Hit], endingUpTo end: Int, _ scan: ViewScan, isLast: Bool
  ) -> Int {
    var done = 0
    for hit in hits {
      guard hit.end <= end, resolve(hit, scan, isLast: isLast) else { break }
      done += 1
    }
    if done > 0 { hits.removeFirst(done) }
    return hits.reduce(scan.view.end) { needed, hit in
      min(needed, max(0, hit.end - detectors.leads[hit.lead].bytesBefore - InspectionLimits.keywordBytes))
    }
  }

  /// - Returns: false where the answer depends on bytes that are not there yet.
  private func resolve(_ hit: PatternStream.Hit, _ scan: ViewScan, isLast: Bool) -> Bool {
    guard mayConfirm() else { return true }
    switch detectors.leads[hit.lead] {
    case .anchor(let pattern, let end): return resolve(hit, of: pattern, end, scan, isLast: isLast)
    case .turned(let literal): return isOfTurned || resolve(hit, literal, scan, isLast: isLast)
    // Waits among the words.
    case .word: return true
    }
  }

  /// Whether the message has not yet asked for more confirmations than any needs.
  func mayConfirm() -> Bool {
    let most = InspectionLimits.minimumSteps + scannedBytes * InspectionLimits.maximumStepsPerByte
    if matcher.steps >= most { hasMissed = true }
    return matcher.steps < most
  }

  private func resolve(
    _ hit: PatternStream.Hit, of index: Int, _ anchorEnd: ClosedRange<Int>, _ scan: ViewScan, isLast: Bool
  ) -> Bool {
    guard hit.end > scan.end(of: index) else { return true }
    let pattern = detectors.patterns[index]
    let (base, buffer) = scan.view.bytes
    let end = hit.end - base
    let earliest = max(0, end - anchorEnd.upperBound)
    guard earliest <= end - anchorEnd.lowerBound else { return true }
    for start in earliest...(end - anchorEnd.lowerBound) where pattern.first.contains(buffer[start]) {
      let match = matcher.match(pattern.program, buffer, at: start, isLast: isLast)
      if matcher.reachedEnd { return false }
      guard let match, match.range.upperBound >= end else { continue }
      guard let words = words(near: match.range, of: pattern, buffer, isLast: isLast) else { return false }
      scan.confirmedEnd[index] = match.range.upperBound + base
      judge(match, of: index, near: words, in: buffer, scan, isLast: isLast)
      return true
    }
    return true
  }

  /// A place at which a match would begin if the text were turned.
  ///
  /// - Returns: false where the answer depends on bytes that are not there yet.
  private func resolve(
    _ hit: PatternStream.Hit, _ literal: TurnedLiteral, _ scan: ViewScan, isLast: Bool
  ) -> Bool {
    let pattern = detectors.patterns[literal.pattern]
    guard let mayMatch = mayMatch(hit, literal, pattern, scan, isLast: isLast) else { return false }
    guard mayMatch else { return true }
    guard
      let text = TurnedText(
        literal, endingAt: hit.end, in: scan.view, longest: pattern.longestTurned, isLast: isLast)
    else { return false }
    turnedBytes += text.bytes.count
    guard turnedBytes < InspectionLimits.minimumTurned + scannedBytes * InspectionLimits.maximumTurnedPerByte else {
      hasMissed = true
      return true
    }
    return text.bytes.withUnsafeBufferPointer { buffer in
      let match = matcher.match(pattern.program, buffer, at: text.start, isLast: text.isWhole)
      guard !matcher.reachedEnd || text.isWhole else { return false }
      guard let match else { return true }
      guard let words = words(near: match.range, of: pattern, buffer, isLast: text.isWhole) else { return false }
      judge(match, pattern, near: words, in: buffer, turned: text, scan.view)
      return true
    }
  }

  /// Whether a match may begin at the place, going by its first bytes: for most that is answer enough, and turns few.
  ///
  /// - Returns: `nil` where the answer depends on bytes that are not there yet.
  private func mayMatch(
    _ hit: PatternStream.Hit, _ literal: TurnedLiteral, _ pattern: CompiledPattern, _ scan: ViewScan, isLast: Bool
  ) -> Bool? {
    let text = TurnedText(
      literal, endingAt: hit.end, in: scan.view, longest: min(pattern.longestTurned, InspectionLimits.turnedAtFirst),
      context: 1, isLast: isLast)
    return text.map { text in
      text.bytes.withUnsafeBufferPointer {
        matcher.match(pattern.program, $0, at: text.start, isLast: false) != nil || matcher.reachedEnd
      }
    }
  }

  func explain(_ judgement: Judgement, _ rule: DetectorRule, _ place: SightedPlace) {
    guard candidates.count < InspectionLimits.maximumCandidates else { return }
    candidates.append(
      Candidate(
        detector: rule, span: Span(place.span.lowerBound, place.span.upperBound), layers: place.layers,
        outcome: .judged(judgement)))
  }

  private func sight(canary hit: PatternStream.Hit, _ view: DecodedView) {
    let count = detectors.canaryLiterals.count
    let literal = detectors.canaryLiterals[hit.lead % count]
    let name = hit.lead % count < detectors.ownCanaries ? "canary" : "planted-canary"
    let turn = hit.lead < count ? nil : Turn.allCases[hit.lead / count - 1]
    keep(
      Sighting(
        name, .canary, .block, DataClass.canary.severity, order: -1,
        at: SightedPlace(hit.end - literal.count..<hit.end, in: view, turn: turn),
        fingerprint: detectors.fingerprint(of: literal)),
      view)
  }

  func keep(_ sighting: Sighting, _ view: DecodedView) {
    if view.isProvisional {
      provisional.keep(sighting)
    } else {
      kept.keep(sighting)
    }
  }

  func keep(_ table: SightedTable, _ view: DecodedView) {
    if view.isProvisional {
      if provisionalTables.count < RecordLimits.tables { provisionalTables.append(table) }
    } else if tables.count < RecordLimits.tables {
      tables.append(table)
    }
  }

  /// What was found as if the message ended is forgotten: it goes on.
  func beginAgain() {
    provisional = KeptSightings()
    provisionalTables.removeAll()
  }

  /// What was found for certain, and whether something was not.
  var seen: Seen {
    Seen(
      sightings: kept.all, numerous: kept.numerous, tables: tables, hasFailed: hasMissed || kept.isOverfull)
  }

  /// What would be found if the message ended here. Nothing of the scan itself changes.
  func seenIfEnded() -> Seen {
    let before = (kept, tables)
    let steps = (matcher, turnedBytes, passageBytes)
    defer {
      (kept, tables) = before
      (matcher, turnedBytes, passageBytes) = steps
    }
    for scan in scans {
      let ends = (scan.confirmedEnd, scan.searchedEnd, scan.columns)
      let records = scan.records
      let hits = (scan.shapes, scan.pending, scan.pendingShapes)
      readShapes(scan, isLast: true)
      _ = confirm(scan, isLast: true)
      (scan.shapes, scan.pending, scan.pendingShapes) = hits
      let phrases = (scan.phrases, scan.pendingWords, scan.wordLists, scan.ownTables, scan.turned)
      readPhrases(scan, isLast: true)
      _ = confirmWords(scan, isLast: true)
      _ = readWordLists(scan, isLast: true)
      _ = readOwnTables(scan, isLast: true)
      _ = readTurned(scan, isLast: true)
      settleRecords(scan, before: scan.view.end, isLast: true)
      (scan.phrases, scan.pendingWords, scan.wordLists, scan.ownTables, scan.turned) = phrases
      (scan.confirmedEnd, scan.searchedEnd, scan.columns) = ends
      scan.records = records
    }
    return Seen(
      sightings: kept.all + provisional.all,
      numerous: kept.numerous.merging(provisional.numerous) { first, _ in first }, tables: tables + provisionalTables,
      hasFailed: hasMissed || kept.isOverfull || provisional.isOverfull)
  }
}
