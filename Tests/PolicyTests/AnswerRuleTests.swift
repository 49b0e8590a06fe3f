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

  private func warnings(_ rules: String) throws -> [String] { try policy(rules).warnings.map(\.description) }

  @Test(
    "a rule that names answers and can meet none is said to never apply, with the reason",
    arguments: [
      ("class: credential, found-in: answer", "never applies: answers are looked through for hidden-text, injection"),
      ("class: [personal, financial], found-in: answer", "never applies: answers are looked through for"),
      ("class: credential, found-in: [body, answer]", "applies to no answer: answers are looked through for"),
      ("class: injection, found-in: answer, protocol: dns", "never applies: what comes back over dns is not looked"),
      ("found-in: answer, protocol: [bytes, uninspected]", "never applies: what comes back over bytes or uninspected"),
      ("class: injection, found-in: [answer], method: HEAD", "never applies: an answer to HEAD has nothing in it"),
      ("class: injection, found-in: answer, bytes: '<0'", "never applies: no amount is '<0'"),
    ])
  func never(when: String, sentence: String) throws {
    let found = try warnings("  - {name: harm, when: {\(when)}, then: block}")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("sallyport.yaml:4: 'harm' \(sentence)") == true, "\(found)")
  }

  @Test(
    "one that can meet an answer is not, nor one that speaks of every place",
    arguments: [
      "class: [credential, injection], found-in: answer", "class: opaque, found-in: [body, answer]",
      "found-in: answer", "class: canary, found-in: answer, method: [GET, HEAD], protocol: [h2, dns]",
      "class: credential, found-in: '*'", "class: credential, found-in: body, method: HEAD",
    ])
  func sometimes(when: String) throws {
    #expect(try warnings("  - {name: harm, when: {\(when)}, then: block}") == [])
  }

  @Test("a rule about answers behind one that answers for all that it could is said to decide nothing")
  func hidden() throws {
    let found = try warnings(
      """
        - {name: one, when: {class: [injection, opaque], found-in: ['*']}, then: report}
        - {name: two, when: {class: injection, grade: redact, found-in: answer, purpose: model}, then: block}
      """)
    #expect(found.count == 1 && found.first?.contains("'two' never decides: 'one' (line 4)") == true, "\(found)")
  }

  @Test("of one that names other places, too, it is said that it decides about no answer")
  func hiddenInPart() throws {
    let one = "  - {name: one, when: {class: injection, found-in: answer}, then: report}"
    let found = try warnings("\(one)\n  - {name: two, when: {class: injection, found-in: [body, answer]}, then: block}")
    #expect(
      found.count == 1 && found.first?.contains("'two' decides about no answer: 'one' (line 4)") == true, "\(found)")
    // Whoever names every place has meant the narrower one as its exception.
    #expect(try warnings("\(one)\n  - {name: two, when: {class: injection, found-in: '*'}, then: block}") == [])
    #expect(try warnings("\(one)\n  - {name: two, when: {found-in: [body, answer]}, then: block}") == [])
  }
}
