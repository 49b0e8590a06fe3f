package import Decoding
package import Evidence

extension DetectorSet {
  /// Where values stand that were taken out of an earlier message, as what they were found to be then, under every
  /// encoding that is taken off.
  ///
  /// - Parameter findings: what was found already, and is not told again.
  package func occurrences(
    of known: KnownValues, in bytes: [UInt8], content: ContentDescription = .none, place: Finding.Place,
    besides findings: [Finding], limits: DecodingLimits = .standard
  ) -> [Finding] {
    guard !known.isEmpty, !bytes.isEmpty else { return [] }
    let keeper = ViewKeeper()
    let tree = DecodingTree(content, limits: limits, keepsEverything: true, expected: bytes.count, observer: keeper)
    bytes.withUnsafeBytes { tree.receive($0) }
    tree.finish()
    defer { withExtendedLifetime(tree) {} }
    var taken = DisjointRanges()
    for finding in findings where finding.place == place && finding.grade != .note {
      _ = taken.insert(finding.span.start..<finding.span.end)
    }
    var found: [Finding] = []
    let views = keeper.views.values.filter { !$0.isPart }
    for view in views.sorted(by: { ($0.layers.count, $0.id) < ($1.layers.count, $1.id) }) {
      let (base, buffer) = view.bytes
      for (range, kind) in known.occurrences(in: buffer) {
        let span = view.originalSpan(base + range.lowerBound..<base + range.upperBound)
        guard taken.insert(span) else { continue }
        found.append(
          Finding(
            detector: kind.detector, dataClass: kind.dataClass, grade: kind.grade,
            severity: severities[kind.detector], place: place, span: Span(span.lowerBound, span.upperBound),
            layers: view.layers,
            fingerprint: fingerprint(of: UnsafeBufferPointer(rebasing: buffer[range]))))
        if found.count == InspectionLimits.maximumFindings { return found }
      }
    }
    return found
  }
}
