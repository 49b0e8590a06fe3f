package import Documents
package import Evidence

/// One rule: when it applies, and what happens then.
///
/// A rule with a finding condition answers *may this be inside a message*, one with a source condition *may these files
/// be inside*, any other *may this message go there*. No kind can answer another's question, so a rule that lets a
/// destination through never lets a credential or a guarded file through.
package struct PolicyRule: Sendable {
  /// Shared, because decisions pass many rules by.
  private let body: Body

  private final class Body: Sendable {
    let name: String
    let place: DocumentPlace
    let because: String
    let conditions: [Condition]
    let finding: FindingCondition?
    let source: SourceCondition?

    init(
      name: String, place: DocumentPlace, because: String, conditions: [Condition], finding: FindingCondition?,
      source: SourceCondition?
    ) {
      self.name = name
      self.place = place
      self.because = because
      self.conditions = conditions
      self.finding = finding
      self.source = source
    }
  }

  package let action: Action

  init(
    name: String, place: DocumentPlace, action: Action, because: String, conditions: [Condition],
    finding: FindingCondition?, source: SourceCondition?
  ) {
    self.action = action
    self.body = Body(
      name: name, place: place, because: because, conditions: conditions, finding: finding, source: source)
  }

  package var name: String { body.name }
  package var place: DocumentPlace { body.place }
  /// Shown to whoever meets the rule; empty where the writer gave no reason.
  package var because: String { body.because }
  var finding: FindingCondition? { body.finding }
  var source: SourceCondition? { body.source }
  /// Whether it says where messages may go.
  var isRoute: Bool { body.finding == nil && body.source == nil }

  var conditions: [Condition] { body.conditions }

  package var reference: RuleReference { RuleReference(name: name, file: place.file, line: place.line) }

  /// Whether it is bound to destinations, endpoints or vendors, by whatever words.
  var namesDestination: Bool {
    body.conditions.contains { condition in
      switch condition {
      case .destination, .destinationKind, .endpoint, .vendor: true
      default: false
      }
    }
  }

  var namesPurpose: Bool {
    body.conditions.contains { if case .purpose = $0 { true } else { false } }
  }

  /// Whether all conditions hold, where one that cannot be told counts as held only for a rule that stops something.
  func applies(to subject: PreparedQuestion) -> Bool {
    body.conditions.allSatisfy { holds($0, for: subject) }
  }

  func firstFailing(for subject: PreparedQuestion) -> Condition? {
    body.conditions.first { !holds($0, for: subject) }
  }

  private func holds(_ condition: Condition, for subject: PreparedQuestion) -> Bool {
    switch condition.truth(for: subject) {
    case .yes: true
    case .no: false
    case .unknown: action.isRestraint
    }
  }
}
