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
