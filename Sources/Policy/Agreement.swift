internal import Evidence

/// What a person has said yes to in the earlier pieces of a message. That is not asked again; what comes new is.
package struct Agreement: Sendable, Hashable {
  private var matters: Set<Matter> = []

  package init() {}

  package var isEmpty: Bool { matters.isEmpty }

  package mutating func formUnion(_ other: Agreement) { matters.formUnion(other.matters) }

  mutating func insert(_ rule: RuleReference, _ thing: Thing) { matters.insert(Matter(rule: rule, thing: thing)) }

  func contains(_ rule: RuleReference, _ thing: Thing) -> Bool {
    !matters.isEmpty && matters.contains(Matter(rule: rule, thing: thing))
  }

  /// What a rule asked about.
  enum Thing: Sendable, Hashable {
    /// Whether it may go where it goes.
    case route
    case finding(detector: String, place: Finding.Place, fingerprint: String?)
    case file(String)
    case notCompared

    init(_ finding: Finding) {
      self = .finding(detector: finding.detector, place: finding.place, fingerprint: finding.fingerprint)
    }
  }

  private struct Matter: Sendable, Hashable {
    let rule: RuleReference
    let thing: Thing
  }
}

extension PolicyDocument {
  /// What a decision to ask is about.
  package func asked(_ question: Question) -> Agreement {
    let verdicts = verdicts(on: question)
    var asked = Agreement()
    if verdicts.route.action == .ask { asked.insert(verdicts.route.rule, .route) }
    for finding in verdicts.findings where finding.verdict.action == .ask {
      for index in finding.indices { asked.insert(finding.verdict.rule, .init(question.findings[index])) }
    }
    for source in verdicts.sources where source.verdict.action == .ask {
      asked.insert(source.verdict.rule, source.path.map { .file($0) } ?? .notCompared)
    }
    return asked
  }
}
