package import Evidence

/// One rule's part in a decision.
package struct ExplainedStep: Sendable, Hashable {
  package let rule: RuleReference
  package let action: Action
  /// What the rule was asked about.
  package let matter: Matter
  package let outcome: Outcome
  /// True for exactly one step: the one that the decision names.
  package let decides: Bool

  package enum Matter: Sendable, Hashable {
    /// Whether the message may go where it is going.
    case route
    /// Whether this may be inside: "github-token (credential, grade block) in body".
    case finding(String)
    /// Whether this file may be inside: "12 lines of secrets/key.pem (4-15)".
    case source(String)
  }

  package enum Outcome: Sendable, Hashable {
    /// The first that applies: it answers.
    case answers
    /// It applies, but an earlier rule answered.
    case overtaken(by: RuleReference)
    /// The first of its conditions that does not hold: "purpose is model, not telemetry or flags".
    case fails(String)
  }
}
