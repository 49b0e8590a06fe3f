package import Documents
package import Evidence

/// One rule: when it applies, and what happens then.
///
/// A rule with a finding condition answers *may this be inside a message*, any other *may this message go there*. Neither
/// kind can answer the other's question, so a rule that lets a destination through never lets a credential through.
package struct PolicyRule: Sendable, Hashable {
  package let name: String
  package let place: DocumentPlace
  package let action: Action
  /// Shown to whoever meets the rule; empty where the writer gave no reason.
  package let because: String
  let conditions: [Condition]
  let finding: FindingCondition?

  package var reference: RuleReference { RuleReference(name: name, file: place.file, line: place.line) }

  /// Whether all conditions hold, where one that cannot be told counts as held only for a rule that stops something.
  func applies(to subject: PreparedQuestion) -> Bool { firstFailing(for: subject) == nil }

  func firstFailing(for subject: PreparedQuestion) -> Condition? {
    conditions.first { condition in
      switch condition.truth(for: subject) {
      case .yes: false
      case .no: true
      case .unknown: !action.isRestraint
      }
    }
  }
}

extension Action {
  /// The strictest of several answers wins.
  var strictness: Int {
    switch self {
    case .allow: 0
    case .report: 1
    case .redact: 2
    case .ask: 3
    case .block: 4
    }
  }

  /// Whether it keeps anything from leaving as it was sent.
  var isRestraint: Bool { strictness > Action.report.strictness }
}
