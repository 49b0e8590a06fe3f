package import Evidence

/// What one detector finds with one certainty: what a policy answers for.
package struct RedactedKind: Sendable, Hashable {
  package let detector: String
  package let dataClass: DataClass
  package let grade: Grade

  package init(detector: String, dataClass: DataClass, grade: Grade) {
    self.detector = detector
    self.dataClass = dataClass
    self.grade = grade
  }

  package init(_ finding: Finding) {
    self.init(detector: finding.detector, dataClass: finding.dataClass, grade: finding.grade)
  }

  init(_ sighting: Sighting) {
    self.init(detector: sighting.detector, dataClass: sighting.dataClass, grade: sighting.grade)
  }

  /// Whether it is many things together.
  var isTable: Bool { detector == RecordDetector.customers || detector == RecordDetector.transactions }
}
