package import Evidence

/// What one detector finds with one certainty: what a policy answers for.
package struct RedactedKind: Sendable, Hashable {
  let detector: String
  let grade: Grade

  package init(_ finding: Finding) { self.init(finding.detector, finding.grade) }

  /// Whether it is many things together.
  var isTable: Bool { detector == RecordDetector.customers || detector == RecordDetector.transactions }

  init(_ detector: String, _ grade: Grade) {
    self.detector = detector
    self.grade = grade
  }
}
