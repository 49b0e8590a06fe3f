package import Decoding
package import Evidence

/// Finds which lines of which files are in one message, as its bytes are decoded. Not for several threads at once.
///
/// Text is only gathered while views announce it, and compared when somebody asks, or when much has gathered.
package final class MessageAttributor: ViewObserver {
  private let index: SourceIndex
  private let sent: SentLines
  private let destination: String
  private let message: UInt32
  private var texts: [ViewText] = []
  private var current: ViewText?
  private var state = AttributionState()

  private struct Found {
    var claims: [SourceClaim]
    /// Numbers of lines, once they were told.
    var lines: [UInt32]?
    var places: [Range<Int>]
    var common: Set<UInt32>
    /// Whether some of it was not looked at.
    var isCut: Bool
  }

  /// - Parameters:
  ///   - destination: whatever tells one receiver from another.
  ///   - sent: of the run.
  package init(_ index: SourceIndex, to destination: String, sent: SentLines) {
    self.index = index
    self.sent = sent
    self.destination = destination
    message = sent.beginMessage()
  }

  /// Goes on from the point, as another message.
  package init(from point: AttributionPoint) {
    index = point.index
    sent = point.sent
    destination = point.destination
    message = sent.beginMessage()
    state = point.state
    let known = point.known
    texts = point.texts.map { ViewText(from: $0, known: known[$0.id]) }
  }

  /// What has been gathered so far, for other messages that begin with the same bytes.
  package func point() -> AttributionPoint {
    AttributionPoint(state, texts.map { $0.rest() }, index, to: destination, sent: sent)
  }

  /// What was found is known to those that go on from the points, from one of which this message went on or which it
  /// made.
  package func note(in points: [AttributionPoint]) {
    for point in points {
      var known: [Int: KnownMatch] = [:]
      for text in point.texts {
        guard let mine = texts.first(where: { $0.id == text.id }), mine.base == text.base else { continue }
        known[text.id] = mine.matchForOthers
      }
      point.note(known)
    }
  }

  package func view(_ view: DecodedView, received range: Range<Int>, isLast: Bool) -> Int {
    guard !view.isProvisional, !view.isPart else { return range.upperBound }
    guard !range.isEmpty else { return range.upperBound }
    if view.isCompressed, view.parentView?.id == state.measured, Self.isWhole(view) { state.measured = view.id }
    if view.id == state.measured { state.measuredBytes = range.upperBound }
    guard state.gatheredBytes + range.count <= AttributionLimits.messageTextBytes else {
      state.isTooLarge = true
      return range.upperBound
    }
    state.gatheredBytes += range.count
    let (base, buffer) = view.bytes
    guard let bytes = buffer.baseAddress else { return range.upperBound }
    let text = text(of: view, expecting: range.count)
    text.append(bytes + (range.lowerBound - base), range.count, at: place(of: range, in: view))
    compareSegments(of: text)
    return range.upperBound
  }

  /// Whether the sender said that the message is compressed: then its own bytes are no text.
  private static func isWhole(_ view: DecodedView) -> Bool { view.parentSpan(0..<1).lowerBound == 0 }

  private func text(of view: DecodedView, expecting count: Int) -> ViewText {
    if let current, current.id == view.id { return current }
    let text = texts.last { $0.id == view.id } ?? ViewText(view.id, layers: view.layers, capacity: count * 2)
    if texts.last(where: { $0.id == view.id }) == nil { texts.append(text) }
    current = text
    return text
  }

  /// Where the bytes stand in the view that the share is counted of.
  private func place(of range: Range<Int>, in view: DecodedView) -> Range<Int> {
    var range = range
    var view = view
    while view.id != state.measured, let parent = view.parentView {
      range = view.parentSpan(range)
      view = parent
    }
    return range
  }

  // MARK: Comparing

  private func compareSegments(of text: ViewText) {
    while let end = text.segmentEnd(), let snapshot = index.snapshot {
      state.noteSegment(in: snapshot)
      let part = UnsafeBufferPointer(rebasing: text.buffer[..<end])
      var known = KnownText()
      if let snapshot = index.snapshot { known.note(state.claims, in: snapshot.store) }
      if let (snapshot, match) = compare(part, known) { keep(match, of: text, in: snapshot) }
      text.drop(to: end)
    }
  }

  /// All of a text, but for what the message before had already.
  private func compare(_ text: ViewText, _ known: KnownText, others: SeenLines?) -> (IndexSnapshot, SegmentMatch)? {
    let tellsLines = text !== texts.last || text.count >= ComparedText.leastBytes
    if let snapshot = index.snapshot, let repeated = goneOn(text, in: snapshot) ?? repeated(text, in: snapshot) {
      let fresh = UnsafeBufferPointer(rebasing: text.buffer[repeated.fresh])
      let files = repeated.files(in: snapshot)
      // The index may have moved meanwhile: then what was found before is nowhere.
      if let (now, found) = compare(fresh, known, beside: files, others: others, tellsLines: true),
        now.store === snapshot.store
      {
        return (now, repeated.completed(by: found))
      }
    }
    return compare(text.buffer, known, others: others, tellsLines: tellsLines)
  }

  /// What the message that this one goes on like had.
  private func goneOn(_ text: ViewText, in snapshot: IndexSnapshot) -> RepeatedText? {
    guard let known = text.known, known.isCurrent(in: snapshot),
      let repeated = RepeatedText(known, prefix: text.knownCount, of: text.count)
    else { return nil }
    // Where much is new, its end may be known all the same.
    guard repeated.fresh.count > text.count / 4, let other = self.repeated(text, in: snapshot),
      other.fresh.count < repeated.fresh.count
    else {
      text.isRepeated = true
      return repeated
    }
    return other
  }

  private func repeated(_ text: ViewText, in snapshot: IndexSnapshot) -> RepeatedText? {
    guard text.hasBeginning, text.count >= ComparedText.leastBytes else { return nil }
    for before in sent.compared(text.layers, to: destination) where before.isCurrent(in: snapshot) {
      if let repeated = RepeatedText(before, text.buffer) { return repeated }
    }
    return nil
  }

  /// - Parameters:
  ///   - known: what other views and earlier text of the message have.
  ///   - files: others that the message is known to have text of.
  private func compare(
    _ part: UnsafeBufferPointer<UInt8>, _ known: KnownText, beside files: FileSet? = nil,
    others: SeenLines? = nil, tellsLines: Bool = false
  ) -> (IndexSnapshot, SegmentMatch)? {
    guard let snapshot = index.snapshot, snapshot.documentCount > 0 else { return nil }
    var told = known.files
    if let files { told.formUnion(files) }
    let preference = PlacePreference(matched: told, claimed: known.claimed, sent: sent, destination: destination)
    return (
      snapshot, SegmentMatcher(snapshot, part, preference: preference, others: others).match(tellsLines: tellsLines)
    )
  }

  private func keep(_ match: SegmentMatch, of text: ViewText, in snapshot: IndexSnapshot) {
    Self.append(match.claims, in: snapshot, to: &state.claims)
    state.places.append(contentsOf: match.claims.lazy.map { text.place(of: $0.place) })
    state.common.formUnion(match.common.lazy.map(\.hash))
    state.isTooLarge = state.isTooLarge || match.isCut
  }

  private static func append(
    _ found: some Sequence<SegmentMatch.Claim>, in snapshot: IndexSnapshot, to claims: inout [SourceClaim]
  ) {
    for claim in found {
      guard let document = snapshot.store.document(claim.document) else { continue }
      claims.append(
        SourceClaim(
          document: document, store: snapshot.store, place: snapshot.store.lines.place(ofDocument: claim.document),
          text: claim.text, copies: claim.copies))
    }
  }

  /// What has come from files so far, as if the message ended here. May be asked for again after more bytes, or when the
  /// index has grown.
  package func soFar() -> MessageAttribution {
    let found = everything()
    let report = ClaimReport(found.claims) { [sent, destination, message] lines in
      sent.repeats(lines, to: destination, in: message)
    }
    // What only the message before decides has no places: then the text's own size has to do.
    let places = ByteRanges(found.places).count
    let covered = places > 0 ? places : report.sources.reduce(0) { $0 + $1.bytes }
    let attributed = Attributed(
      sources: report.sources,
      share: state.measuredBytes > 0 ? min(1, Double(covered) / Double(state.measuredBytes)) : 0,
      commonLines: found.common.count, gap: found.isCut ? .messageTooLarge : gap)
    var edges: [(edge: MessageEdge, layers: [String])] = []
    edges.reserveCapacity(min(texts.count, Self.edges))
    for text in texts.prefix(Self.edges) where text.count > 0 { edges.append((text.edge(of: message), text.layers)) }
    return MessageAttribution(
      attributed,
      from: .init(
        claims: found.claims, lines: report.lines, repeats: report.repeats, edges: edges,
        texts: texts.compactMap { text in text.comparedText.map { (text: $0, layers: text.layers) } }, sent: sent,
        destination: destination, message: message))
  }

  package func attributedSoFar() -> Attributed { soFar().attributed }

  /// The message was let go as far as it came.
  package func markSent() { soFar().markSent() }

  /// Views whose edges are kept: the message itself, without its compression and its escapes.
  private static let edges = 4
  /// Bytes of text beyond which only the last message is tried: a request holds all its text, what comes in pieces is
  /// small.
  private static let smallBytes = 16 * 1024

  /// Lines of which the message before had the beginning, or which say enough only together with that.
  private func joined(_ text: ViewText, _ known: KnownText) -> [SourceClaim] {
    if let (snapshot, claims) = text.joined, index.isSame(snapshot) { return claims }
    // Of the others no edges are kept.
    guard text.hasBeginning, let snapshot = index.snapshot, texts.prefix(Self.edges).contains(where: { $0 === text })
    else { return text.joined?.1 ?? [] }
    let edges = sent.edges(text.layers, to: destination)
    // A message that is let go in pieces leaves edges itself.
    let others = edges.lazy.filter { [message] in $0.message != message }
    // What says again what any of them said does not go on.
    guard !others.contains(where: { $0.isRepeated(by: text.buffer) }) else { return [] }
    for edge in others.prefix(text.count > Self.smallBytes ? 1 : edges.count) {
      guard let seam = edge.joined(to: text.buffer), seam.isInToken || Self.mayGoOn(across: seam, snapshot) else {
        continue
      }
      let match = seam.text.withUnsafeBufferPointer { compare($0, known) }
      var claims: [SourceClaim] = []
      if let (snapshot, match) = match { Self.append(match.crossing(seam.offset), in: snapshot, to: &claims) }
      if seam.isInToken { claims += decoded(seam) }
      guard !claims.isEmpty else { continue }
      text.joined = (snapshot, claims)
      return claims
    }
    return []
  }

  private static func mayGoOn(across seam: MessageEdge.Seam, _ snapshot: IndexSnapshot) -> Bool {
    let (text, offset) = seam.lines
    return text.withUnsafeBufferPointer {
      var probe = SeamProbe($0, snapshot)
      return probe.mayGoOn(across: offset)
    }
  }

  /// Lines that are on both sides of the seam once encodings are taken off the two together.
  private func decoded(_ seam: MessageEdge.Seam) -> [SourceClaim] {
    let together = MessageAttributor(index, to: destination, sent: SentLines())
    let tree = DecodingTree(.none, limits: .standard, observer: together)
    seam.text.withUnsafeBytes { tree.receive($0) }
    tree.finish()
    let found = together.everything()
    return zip(found.claims, found.places).filter { seam.isCrossed(by: $1) }.map(\.0)
  }

  private func everything() -> Found {
    var found = Found(claims: state.claims, places: state.places, common: state.common, isCut: state.isTooLarge)
    var known = KnownText()
    func note() {
      if let store = index.snapshot?.store { known.note(found.claims, in: store) }
    }
    note()
    // Made for the second view.
    var others: SeenLines?
    // The fewer encodings were taken off, the likelier they were there: what else was tried holds parts of the same text.
    let texts = texts.count > 2 ? texts.sorted { ($0.layers.count, $0.id) < ($1.layers.count, $1.id) } : texts
    for text in texts where text.count > 0 {
      // First what the message before decides: of several places the one where it goes on.
      found.claims += joined(text, known)
      note()
      if text.compared.map({ !index.isSame($0.0) }) ?? true {
        text.compared = compare(text, known, others: others)
      }
      guard let (snapshot, match) = text.compared else { continue }
      Self.append(match.claims, in: snapshot, to: &found.claims)
      note()
      found.places.append(contentsOf: match.claims.lazy.map { text.place(of: $0.place) })
      found.common.formUnion(match.common.lazy.map(\.hash))
      found.isCut = found.isCut || match.isCut
      // Of a few lines nothing is saved: what is one line in one view may be a thousand in the next.
      guard text !== texts.last, match.lines.count >= Self.fewLines else { continue }
      let before = others ?? SeenLines()
      before.insert(match.lines)
      others = before
    }
    return found
  }

  private static let fewLines = 8

  private var gap: Attributed.Gap? {
    index.isComplete ? nil : .filesLeftOut
  }
}
