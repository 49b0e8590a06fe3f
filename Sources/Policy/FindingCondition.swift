internal import Evidence

/// Which findings a rule speaks about. A rule that has one says nothing about messages without such a finding.
struct FindingCondition: Sendable, Hashable {
  /// Empty means every class.
  let classes: Set<DataClass>
  /// A finding of this grade or a surer one.
  let grade: Grade
  /// A finding as bad as this or worse.
  let severity: Severity
  /// Empty means every detector.
  let detectors: [NamePattern]
  /// Empty means everywhere in what is sent; else `body`, `header:authorization`, `request-target`, … or `answer`.
  let places: [NamePattern]

  /// Whether it speaks about what comes back: only one that names the place does, so that a rule about what may leave
  /// ends nobody's answer.
  var speaksOfAnswers: Bool { places.contains { $0.matches(Finding.Place.answer.description) } }

  /// - Parameter place: the finding's place as text, made once for all rules.
  func covers(_ finding: Finding, in place: String) -> Bool {
    guard classes.isEmpty || classes.contains(finding.dataClass), finding.grade.rank >= grade.rank,
      finding.severity.rank >= severity.rank
    else { return false }
    guard detectors.isEmpty || detectors.contains(where: { $0.matches(finding.detector) }) else { return false }
    if places.isEmpty { return finding.place != .answer }
    return places.contains { $0.matches(place) }
  }
}
