internal import Evidence
internal import Policy
internal import Testing
internal import Wire

@testable internal import Enforcement

@Suite("A run in which policy is only told of") struct ReportOnlyTests {
  private func facts(isReportOnly: Bool) -> RunFacts {
    var random = SystemRandomNumberGenerator()
    return RunFacts(
      subject: Subject(pseudonym: "p", run: RunID.random(using: &random)), place: Question.Place(),
      saltKey: Secret([1]), clock: .system, isReportOnly: isReportOnly)
  }

  private func decision(_ action: Action) -> Decision {
    Decision(
      action: action, rule: RuleReference(name: "uploads", file: "sallyport.yaml", line: 3),
      reasons: [.init(subject: "purpose", statement: "p")], remedy: "Ask.")
  }

  @Test(
    "what would have been stopped goes on, under the same rule, with what would have been done",
    arguments: [
      (Action.block, "blocked"), (.ask, "held for a person to decide"), (.redact, "sent without what was found in it"),
    ])
  func told(_ action: Action, _ deed: String) {
    let settled = facts(isReportOnly: true).settled(decision(action))
    #expect(settled.action == .report)
    #expect(settled.rule.name == "uploads")
    #expect(
      settled.reasons.map(\.statement) == ["p", "it would have been \(deed) by rule 'uploads' (sallyport.yaml:3)"])
    #expect(settled.reasons.last?.subject == "observed")
    #expect(settled.remedy.isEmpty)
  }

  @Test("what goes on anyway is told as it is", arguments: [Action.allow, .report])
  func unchanged(_ action: Action) {
    #expect(facts(isReportOnly: true).settled(decision(action)) == decision(action))
  }

  @Test("where policy is enforced, nothing is changed", arguments: Action.allCases)
  func enforced(_ action: Action) {
    #expect(facts(isReportOnly: false).settled(decision(action)) == decision(action))
  }
}
