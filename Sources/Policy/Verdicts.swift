internal import Evidence

/// What one rule answers.
struct Verdict {
  var action: Action
  let rule: RuleReference
  let because: String
  /// What a person said, where one was asked.
  var statement: String?

  init(action: Action, rule: RuleReference, because: String) {
    self.action = action
    self.rule = rule
    self.because = because
  }

  init(_ rule: PolicyRule) {
    self.init(action: rule.action, rule: rule.reference, because: rule.because)
  }
}

/// The answer for findings that no rule can tell apart.
struct FindingVerdict {
  let kind: FindingKind
  let verdict: Verdict
  /// Into the question's findings.
  var indices: [Int]
}

/// All answers to one question.
struct Verdicts {
  let route: Verdict
  let findings: [FindingVerdict]

  /// The strictest; among equals the route's, then the first finding's.
  var deciding: Verdict {
    var deciding = route
    for finding in findings where finding.verdict.action.strictness > deciding.action.strictness {
      deciding = finding.verdict
    }
    if deciding.action == .redact, findings.isEmpty { deciding.action = .allow }
    return deciding
  }
}

/// What rules can ask of a finding: findings alike in it get one answer.
struct FindingKind: Hashable {
  let detector: String
  let dataClass: DataClass
  let grade: Grade
  let place: Finding.Place
  let layers: [String]

  init(_ finding: Finding) {
    self.detector = finding.detector
    self.dataClass = finding.dataClass
    self.grade = finding.grade
    self.place = finding.place
    self.layers = finding.layers
  }

  /// `github-token (credential, grade block) in body under gzip, base64`
  var description: String {
    let under = layers.isEmpty ? "" : " under " + layers.joined(separator: ", ")
    return "\(detector) (\(dataClass.rawValue), grade \(grade.rawValue)) in \(place)\(under)"
  }
}
