internal import Decoding
internal import Evidence

/// Takes things out of one body and puts placeholders in their place.
struct BodyRedaction {
  private let detectors: DetectorSet
  private let content: ContentDescription
  private let limits: DecodingLimits
  private let pseudonyms: Pseudonyms?

  init(_ detectors: DetectorSet, _ content: ContentDescription, _ limits: DecodingLimits, pseudonyms: Pseudonyms?) {
    self.detectors = detectors
    self.content = content
    self.limits = limits
    self.pseudonyms = pseudonyms
  }

  /// Takes out what is wanted, and what was taken out before.
  ///
  /// - Parameters:
  ///   - passages: what somebody else has found.
  ///   - wantsTables: whether every cell of the tables goes, whatever it is worth by itself.
  /// - Throws: ``RedactionFailure`` where something that is wanted cannot be taken out.
  func edit(
    _ text: [UInt8], passages: [FoundPassage] = [], wantsTables: Bool, _ isWanted: (Sighting) -> Bool
  ) throws(RedactionFailure) -> Redacted {
    let scanner = MessageScanner(detectors, keepsViews: true)
    let tree = decode(text, for: scanner)
    // Views ask it where they stand.
    defer { withExtendedLifetime(tree) {} }
    let seen = scanner.seen
    guard seen.sightings.count < InspectionLimits.maximumEdits || !seen.hasFailed else { throw .tooMany }
    guard !seen.hasFailed else { throw .notLookedInto("inspection-limit") }
    if let issue = tree.issues.first { throw .notLookedInto(issue.kind.rawValue) }
    let targets = seen.sightings.filter { isWanted($0) || wantsTables && seen.hasInTable($0) }.compactMap { sighting in
      scanner.views[sighting.view].map { RedactionTarget(sighting, in: $0) }
    }
    guard let whole = Self.targets(passages, in: scanner.views, text) else { throw .place }
    return try replace(whole + targets + occurrences(in: scanner.views), in: text)
  }

  /// Whole lines of passages; `nil` where nobody has looked at the text.
  private static func targets(
    _ passages: [FoundPassage], in views: [Int: DecodedView], _ text: [UInt8]
  ) -> [RedactionTarget]? {
    guard !passages.isEmpty else { return [] }
    guard let view = views[0] else { return nil }
    return PassageSpread(text).stretches(of: passages).map { RedactionTarget(passage: $0.range, $0.kind, in: view) }
  }

  /// Takes out what stands in the text itself where an inspection has told, without looking for it once more, and what
  /// was taken out before.
  ///
  /// - Returns: `nil` where it takes more than that.
  func edit(_ text: [UInt8], at findings: [Finding], passages: [FoundPassage]) -> Redacted? {
    let isPlain = findings.allSatisfy { finding in
      finding.fingerprint != nil && finding.table == nil && finding.layers.allSatisfy { $0 == "json" }
    }
    let views = ViewKeeper()
    let tree = decode(text, for: views)
    defer { withExtendedLifetime(tree) {} }
    guard isPlain, tree.issues.isEmpty, let whole = views.views[0],
      let lines = Self.targets(passages, in: views.views, text)
    else { return nil }
    let targets = findings.map { RedactionTarget($0.span.start..<$0.span.end, RedactedKind($0), in: whole) }
    return try? replace(lines + targets + occurrences(in: views.views), in: text)
  }

  private func decode(_ text: [UInt8], for observer: any ViewObserver) -> DecodingTree {
    let tree = DecodingTree(content, limits: limits, keepsEverything: true, expected: text.count, observer: observer)
    text.withUnsafeBytes { tree.receive($0) }
    tree.finish()
    return tree
  }

  private func replace(_ targets: [RedactionTarget], in text: [UInt8]) throws(RedactionFailure) -> Redacted {
    guard !targets.isEmpty else { return Redacted(bytes: text, text: text, places: []) }
    guard let form = BodyForm(content, text) else { throw .form }
    let turnsBack = pseudonyms != nil && form.turnsBack
    guard let places = places(of: RedactionTarget.joined(targets.map(\.withItsLines)), form, turnsBack: turnsBack)
    else { throw .place }
    let edits = form.edits(places, in: text) { value, kind in pseudonyms?.placeholder(for: value, kind) }
    guard let edits else { throw .place }
    let (bytes, ranges) = Edit.apply(edits, to: text)
    guard form.stillHolds(bytes) else { throw .form }
    return Redacted(bytes: bytes, text: bytes, places: ranges)
  }

  private func occurrences(in views: [Int: DecodedView]) -> [RedactionTarget] {
    guard let known = pseudonyms?.known, !known.isEmpty else { return [] }
    return views.values.filter { !$0.isPart }.flatMap { view in
      known.occurrences(in: view.bytes.buffer).map { RedactionTarget($0.range, $0.kind, in: view) }
    }
  }

  /// Where the targets stand in the body itself.
  ///
  /// - Returns: `nil` where a part of one would stay.
  private func places(of targets: [RedactionTarget], _ form: BodyForm, turnsBack: Bool) -> [EditPlace]? {
    let beginnings = form.beginnings(at: Set(targets.map(\.span.lowerBound)))
    var places = RedactedPlaces { EditPlace(of: $0, form, turnsBack: turnsBack) }
    let ordered = targets.compactMap { $0.beginning(beginnings[$0.span.lowerBound]) }.sorted { $0.order < $1.order }
    return ordered.allSatisfy { places.take($0) } ? places.inOrder : nil
  }
}
