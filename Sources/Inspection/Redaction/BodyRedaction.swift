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
    let wanted = seen.sightings.filter { isWanted($0) || wantsTables && seen.hasInTable($0) }
    var targets: [RedactionTarget] = []
    for sighting in Self.surest(wanted) {
      // Compressed text within what was turned has no view here.
      guard let view = scanner.views[sighting.view] else { throw .place }
      targets.append(RedactionTarget(sighting, in: view))
    }
    guard let whole = Self.targets(passages, in: scanner.views, text) else { throw .place }
    return try replace(whole + targets, in: text, scanner.views)
  }

  private struct Beginning: Hashable {
    let detector: String
    let start: Int
  }

  /// Without readings of more of a thing than was checked: what is behind it in another view, as the name on the next
  /// line, is no part of it.
  private static func surest(_ sightings: [Sighting]) -> [Sighting] {
    var ranks: [Beginning: Int] = [:]
    for sighting in sightings where !sighting.isGeneric {
      let beginning = Beginning(detector: sighting.detector, start: sighting.span.lowerBound)
      ranks[beginning] = max(ranks[beginning] ?? 0, sighting.grade.rank)
    }
    return sightings.filter {
      $0.grade.rank >= ranks[Beginning(detector: $0.detector, start: $0.span.lowerBound)] ?? 0
    }
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
    return try? replace(lines + targets, in: text, views.views)
  }

  private func decode(_ text: [UInt8], for observer: any ViewObserver) -> DecodingTree {
    let tree = DecodingTree(content, limits: limits, keepsEverything: true, expected: text.count, observer: observer)
    text.withUnsafeBytes { tree.receive($0) }
    tree.finish()
    return tree
  }

  private func replace(
    _ targets: [RedactionTarget], in text: [UInt8], _ views: [Int: DecodedView]
  ) throws(RedactionFailure) -> Redacted {
    let known = occurrences(of: pseudonyms?.known, in: views)
    guard !targets.isEmpty || !known.isEmpty else { return Redacted(bytes: text, text: text, places: []) }
    guard let form = BodyForm(content, text) else { throw .form }
    let whole = targets.map { $0.withItsRest(isJSON: form.isJSON) }
    // What gives them away may not stand beside them elsewhere in the text.
    let all = whole + known + occurrences(of: KnownValues(whole.compactMap(\.credential)), in: views)
    let turnsBack = pseudonyms != nil && form.turnsBack
    guard let places = places(of: RedactionTarget.joined(all.map(\.withItsLines)), form, turnsBack: turnsBack)
    else { throw .place }
    let edits = form.edits(places, in: text) { value, kind in pseudonyms?.placeholder(for: value, kind) }
    guard let edits else { throw .place }
    let (bytes, ranges) = Edit.apply(edits, to: text)
    guard form.stillHolds(bytes) else { throw .form }
    return Redacted(bytes: bytes, text: bytes, places: ranges)
  }

  private func occurrences(of known: KnownValues?, in views: [Int: DecodedView]) -> [RedactionTarget] {
    guard let known, !known.isEmpty else { return [] }
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
