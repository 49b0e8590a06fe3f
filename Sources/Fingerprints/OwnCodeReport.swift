internal import Evidence

/// Runs of one message as findings: what lies together is one, what several views show is told of the outermost.
enum OwnCodeReport {
  /// Bytes between two runs that still count as one place: a few lines that were changed.
  static let nearBytes = 512

  static func findings(
    _ runs: [FoundRuns.FoundRun], _ set: FingerprintSet, _ place: Finding.Place
  ) -> [Finding] {
    var stretches: [FoundRuns.FoundRun] = []
    for kind in GramKind.allCases {
      let ordered = runs.filter { $0.run.kind == kind }.sorted {
        ($0.layers.count, $0.span.lowerBound, $0.span.upperBound)
          < ($1.layers.count, $1.span.lowerBound, $1.span.upperBound)
      }
      for found in ordered { add(found, to: &stretches) }
    }
    return stretches.sorted { ($0.span.lowerBound, $0.span.upperBound) < ($1.span.lowerBound, $1.span.upperBound) }
      .map { stretch in
        Finding(
          detector: stretch.run.detector, dataClass: .proprietary, grade: stretch.grade, place: place,
          span: Span(stretch.span.lowerBound, stretch.span.upperBound), layers: stretch.layers,
          fingerprint: set.fingerprint(of: stretch.run.file, stretch.run.kind))
      }
  }

  private static func add(_ found: FoundRuns.FoundRun, to stretches: inout [FoundRuns.FoundRun]) {
    for index in stretches.indices {
      let other = stretches[index]
      let distance = max(
        found.span.lowerBound - other.span.upperBound, other.span.lowerBound - found.span.upperBound)
      if other.run.kind == found.run.kind, other.layers == found.layers {
        guard distance <= nearBytes else { continue }
        return stretches[index].merge(found)
      }
      // What another view shows, or what is renamed, is worth telling where it says more.
      if distance < 0, other.grade == .redact || found.grade == .note { return }
    }
    stretches.append(found)
  }
}
