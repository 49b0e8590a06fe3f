package import Evidence

/// Which findings somebody asked for.
package struct FindingFilter: Sendable, Hashable {
  /// `nil` for all.
  package var classes: Set<DataClass>?
  /// Less certain ones are left out.
  package var leastGrade: Grade
  /// Whether comments in the files count.
  package var heedsComments: Bool

  package init(classes: Set<DataClass>? = nil, leastGrade: Grade = .redact, heedsComments: Bool = true) {
    self.classes = classes
    self.leastGrade = leastGrade
    self.heedsComments = heedsComments
  }

  package func takes(_ finding: Finding) -> Bool { takes(finding.dataClass, finding.grade) }

  package func takes(_ dataClass: DataClass, _ grade: Grade) -> Bool {
    (classes?.contains(dataClass) ?? true) && grade.rank >= leastGrade.rank
  }
}
