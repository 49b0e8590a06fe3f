internal import Evidence
internal import Policy
internal import Testing

/// What a policy says of what comes back.
@Suite struct AnswerRuleTests {
  private func policy(_ rules: String) throws -> PolicyDocument {
    try PolicyDocument.parse("version: 1\nposture: control\nrules:\n\(rules)\n", file: "sallyport.yaml").get()
  }

  private func question(_ dataClass: DataClass = .injection, _ grade: Grade = .redact) -> Question {
    var question = Fixture.question()
    question.findings = [
      Finding(detector: "shell-from-stranger", dataClass: dataClass, grade: grade, place: .answer, span: Span(0, 9))
    ]
    return question
  }

  @Test("without a rule, what is found in an answer is on record, whatever its class", arguments: Posture.allCases)
  func observed(posture: Posture) {
    let policy = PolicyDocument.builtIn(posture)
    for dataClass in DataClass.allCases {
      #expect(policy.decideAnswer(question(dataClass, .block)).action == .report)
    }
    #expect(!policy.restrainsAnswers(to: Fixture.question()))
  }

  @Test("an answer in which nothing is found goes on")
  func nothing() throws {
    let policy = try policy("  - {name: a, when: {class: injection, found-in: answer}, then: block}")
    #expect(policy.decideAnswer(Fixture.question()).action == .allow)
  }

  @Test(
    "a rule that names the answer decides; what cannot be done to an answer stops it",
    arguments: [
      ("then: block", Action.block), ("then: report", .report), ("then: allow", .allow), ("then: redact", .block),
      ("then: ask", .block),
    ])
  func named(then: String, action: Action) throws {
    let policy = try policy("  - {name: harm, when: {class: injection, found-in: answer}, \(then)}")
    let decision = policy.decideAnswer(question())
    #expect(decision.action == action)
    #expect(decision.rule.name == "harm" || action == .allow)
    #expect(policy.restrainsAnswers(to: Fixture.question()) == (action == .block))
  }

  @Test("one that does not name it speaks about what is sent alone")
  func unnamed() throws {
    let policy = try policy("  - {name: harm, when: {class: injection}, then: block}")
    #expect(policy.decideAnswer(question()).action == .report)
    #expect(!policy.restrainsAnswers(to: Fixture.question()))
  }

  @Test("its other conditions are asked of the request")
  func conditions() throws {
    let rule = "  - {name: harm, when: {class: injection, grade: redact, found-in: answer, purpose: web}, then: block}"
    let policy = try policy(rule)
    #expect(policy.decideAnswer(question()).action == .report)
    #expect(!policy.restrainsAnswers(to: Fixture.question()))
    var page = question()
    page.purpose = .web
    #expect(policy.decideAnswer(page).action == .block)
    #expect(policy.restrainsAnswers(to: page))
    page.findings = question(.injection, .note).findings
    #expect(policy.decideAnswer(page).action == .report)
  }

  @Test("what would let the answer through is told, and does")
  func remedy() throws {
    let rule = "  - {name: harm, when: {class: injection, found-in: answer}, then: block}"
    let decision = try policy(rule).decideAnswer(question())
    let line = try #require(decision.remedy.split(separator: "`").first { $0.hasPrefix("- {name") })
    #expect(line.contains("found-in: answer"))
    #expect(try policy("  \(line)\n\(rule)").decideAnswer(question()).action != .block)
  }

  @Test("a rule about answers is not hidden by one about what is sent")
  func warnings() throws {
    let policy = try policy(
      """
        - {name: sent, when: {class: injection}, then: report}
        - {name: answered, when: {class: injection, found-in: answer}, then: block}
      """)
    #expect(policy.warnings.isEmpty)
  }
}
