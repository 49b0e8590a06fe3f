internal import Evidence

extension FindingCondition {
  /// Whether it speaks about all findings that the other one speaks about; never true where it does not.
  func covers(_ other: FindingCondition) -> Bool {
    let everyClass = classes.isEmpty || classes.count == DataClass.allCases.count
    guard everyClass || (!other.classes.isEmpty && other.classes.isSubset(of: classes)) else { return false }
    guard speaksOfAnswers || !other.speaksOfAnswers else { return false }
    return grade.rank <= other.grade.rank && severity.rank <= other.severity.rank
      && Self.covers(detectors, other.detectors)
      && Self.covers(places, other.places)
  }

  private static func covers(_ outer: [NamePattern], _ inner: [NamePattern]) -> Bool {
    outer.isEmpty || (!inner.isEmpty && inner.isCovered(by: outer) { $0.covers($1) })
  }
}
