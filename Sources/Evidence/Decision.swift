/// What happens to a message.
package enum Action: String, Sendable, Hashable, CaseIterable {
  /// It goes on.
  case allow
  /// It goes on, and the report shows it.
  case report
  /// It goes on without the things that were found in it.
  case redact
  /// A person says yes or no; silence is no.
  case ask
  /// It does not go on; the client is told why in its own dialect.
  case block
}

/// What was decided about one message, by which rule, on which evidence, and what can be done about it.
package struct Decision: Sendable, Hashable {
  package let action: Action
  package let rule: RuleReference
  /// The steps that led here, in order.
  package let reasons: [Reason]
  /// One sentence that tells the reader how to get another answer; empty for what was allowed.
  package let remedy: String

  package init(action: Action, rule: RuleReference, reasons: [Reason] = [], remedy: String = "") {
    self.action = action
    self.rule = rule
    self.reasons = reasons
    self.remedy = remedy
  }

  /// One fact that a decision rests on.
  package struct Reason: Sendable, Hashable {
    /// What the fact is about: `purpose`, `destination`, `finding`, `source`, `agent`, `time`, `answer`,
    /// `protocol`, ``observed``.
    package let subject: String
    /// A sentence without content: "github-token in the body, under gzip and base64".
    package let statement: String

    /// The subject of what would have been done, in a run where policy is only told of.
    package static let observed = "observed"

    package init(subject: String, statement: String) {
      self.subject = subject
      self.statement = statement
    }
  }
}

/// The place in a policy that a decision can be looked up at.
package struct RuleReference: Sendable, Hashable {
  /// The rule's own name.
  package let name: String
  /// The policy file as it was named, or `built-in:control` for a built-in posture.
  package let file: String
  /// One-based.
  package let line: Int

  package init(name: String, file: String, line: Int) {
    self.name = name
    self.file = file
    self.line = line
  }
}

extension RuleReference: CustomStringConvertible {
  package var description: String { "\(name) (\(file):\(line))" }
}
