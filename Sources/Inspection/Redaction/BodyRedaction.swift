internal import Decoding

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

  /// - Parameter wantsTables: whether every cell of the tables goes, whatever it is worth by itself.
  /// - Returns: `nil` where something that is wanted cannot be taken out.
  func edit(_ text: [UInt8], wantsTables: Bool = false, _ isWanted: (Sighting) -> Bool) -> Redacted? {
    guard let form = BodyForm(content, text) else { return nil }
    let scanner = MessageScanner(detectors, keepsViews: true)
    let tree = DecodingTree(content, limits: limits, keepsEverything: true, expected: text.count, observer: scanner)
    text.withUnsafeBytes { tree.receive($0) }
    tree.finish()
    let seen = scanner.seen
    guard !seen.hasFailed, tree.issues.isEmpty else { return nil }
    var targets = seen.sightings.filter { isWanted($0) || wantsTables && seen.hasInTable($0) }.compactMap { sighting in
      scanner.views[sighting.view].map { RedactionTarget(sighting, in: $0) }
    }
    if let known = pseudonyms?.known, !known.isEmpty { targets += Self.occurrences(of: known, in: scanner.views) }
    let turnsBack = pseudonyms != nil && form.turnsBack
    guard let places = places(of: targets, form, turnsBack: turnsBack) else { return nil }
    let edits = form.edits(places, in: text) { value, detector in
      pseudonyms?.placeholder(for: value, detector: detector)
    }
    guard let edits else { return nil }
    let (bytes, ranges) = Edit.apply(edits, to: text)
    guard form.stillHolds(bytes) else { return nil }
    return Redacted(bytes: bytes, text: bytes, places: ranges)
  }

  private static func occurrences(of known: KnownValues, in views: [Int: DecodedView]) -> [RedactionTarget] {
    views.values.flatMap { view in
      known.occurrences(in: view.bytes.buffer).map { RedactionTarget($0.range, $0.detector, in: view) }
    }
  }

  /// Where the targets stand in the body itself. Of what is seen in several views, one counts.
  private func places(of targets: [RedactionTarget], _ form: BodyForm, turnsBack: Bool) -> [EditPlace]? {
    let depths = form.depths(at: Set(targets.map(\.span.lowerBound)))
    var occupied = DisjointRanges()
    var places: [EditPlace] = []
    let ordered = targets.map { target in
      var target = target
      target.depth = depths[target.span.lowerBound] ?? 0
      return target
    }.sorted { $0.order < $1.order }
    for target in ordered where !occupied.overlaps(target.span) {
      guard let place = EditPlace(of: target, form, turnsBack: turnsBack),
        occupied.insert(target.span.union(place.range))
      else { return nil }
      places.append(place)
    }
    return places
  }
}

extension Range<Int> {
  fileprivate func union(_ other: Range<Int>) -> Range<Int> {
    Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
  }
}
