internal import Evidence

extension PolicyRule {
  /// What is left of a rule that stands behind another.
  enum Shadow {
    /// It never answers.
    case whole
    /// It answers only where nobody knows which files are inside.
    case butGaps
    /// It answers about what is sent, and never about what comes back.
    case butSent
  }

  /// Whether this rule answers wherever a later one would, so that the later one never does.
  ///
  /// Both must answer the same question. Where something is not known, a rule that stops something applies and one that
  /// lets through does not, so that the latter hides none of the former. A message that could not be compared with the
  /// files is answered by the strictest rule about files, wherever it stands.
  func shadow(on later: PolicyRule) -> Shadow? {
    guard conditions.allSatisfy({ $0.isImplied(by: later.conditions) }) else { return nil }
    if !action.isRestraint, later.action.isRestraint, conditions.contains(where: \.canBeUnknown) { return nil }
    switch (finding, later.finding, source, later.source) {
    case (nil, nil, nil, nil): return .whole
    case (let mine?, let other?, nil, nil):
      if mine.covers(other) { return .whole }
      return other.namesAnswers && mine.covers(other.ofAnswers) ? .butSent : nil
    case (nil, nil, let mine?, let other?):
      guard mine.covers(other) else { return nil }
      guard later.action.isRestraint, action.strictness < later.action.strictness else { return .whole }
      // What is not known of a file counts as covered for the later rule alone.
      return action.isRestraint || mine.isAlwaysKnown ? .butGaps : nil
    default: return nil
    }
  }

  /// Comparisons that ``shadow(on:)`` can take.
  var patternCount: Int {
    let conditions = conditions.reduce(0) { $0 + $1.patternCount }
    let files = (source?.paths.count ?? 0) + (source?.owners.count ?? 0)
    return 1 + conditions + files + (finding?.detectors.count ?? 0) + (finding?.places.count ?? 0)
  }
}

extension SourceCondition {
  fileprivate var isAlwaysKnown: Bool { owners.isEmpty && paths.allSatisfy(\.speaksOfWorkspace) }
}

extension Condition {
  fileprivate var patternCount: Int {
    switch self {
    case .agent(let patterns), .endpoint(let patterns), .workspace(let patterns), .host(let patterns): patterns.count
    case .destination(let patterns): patterns.count
    case .path(let patterns): patterns.count
    case .time(let windows): windows.count
    case .vendor(let names): names.count
    default: 1
    }
  }
}
