internal import Evidence
internal import Testing

@testable internal import Policy

/// What counts before rules are asked, and what is let through by its fingerprint.
@Suite struct FindingExemptionTests {
  private static let known = String(repeating: "0a", count: 16)

  private func policy(_ settings: String) throws -> PolicyDocument {
    try Fixture.policy(
      "version: 1\nrules:\n  - {name: stop, when: {class: [personal, credential, canary, opaque]}, then: block}\n"
        + settings)
  }

  private func values(_ count: Int, _ grade: Grade = .redact) -> [Finding] {
    (0..<count).map { Fixture.finding(.personal, grade, fingerprint: "value \($0)") }
  }

  private func question(_ findings: [Finding]) -> Question {
    Fixture.question(isOwnVendor: true, purpose: .model, findings: findings)
  }

  @Test("a class counts from so many different values on, of the grade or surer")
  func counts() throws {
    let policy = try policy("findings: {personal: {grade: redact, at-least: 3}}\n")
    func action(_ findings: [Finding]) -> Action { policy.decide(question(findings)).action }
    #expect(action(values(2)) == .report)
    #expect(action(values(3)) == .block)
    #expect(action(values(2) + values(2)) == .report)
    #expect(action(values(2) + values(5, .note)) == .report)
    #expect(action(values(2) + [Fixture.finding(.credential, .block, fingerprint: "x")]) == .block)
  }

  @Test("what stands for many counts as many: a table by its records, and what has no fingerprint")
  func many() throws {
    let policy = try policy("findings: {personal: {at-least: 20}}\n")
    func table(_ records: Int) -> Finding {
      Finding(
        detector: "customer-records", dataClass: .personal, grade: .redact, place: .body, span: Span(0, 9),
        fingerprint: "t", table: FoundTable(records: records, columns: []))
    }
    #expect(policy.decide(question([table(19)])).action == .report)
    #expect(policy.decide(question([table(20)])).action == .block)
    #expect(policy.decide(question([Fixture.finding(.personal, .note)])).action == .block)
  }

  @Test("what does not count is shown, and a route that redacts cuts it out all the same")
  func shown() throws {
    let policy = try policy("findings: {personal: {at-least: 3}}\n")
    let decision = policy.decide(question(values(2)))
    let statement = decision.reasons.first { $0.subject == "finding" }?.statement ?? ""
    #expect(statement.hasSuffix("which does not count by findings: personal (sallyport.yaml:4)"), "\(statement)")
    let redacting = try Fixture.policy(
      "version: 1\nrules:\n  - {name: cut, then: redact}\nfindings: {personal: {at-least: 3}}\n")
    #expect(redacting.redactions(question(values(2))) == [0, 1])
  }

  @Test("a value is let through by its fingerprint, others of its kind are not")
  func allowed() throws {
    let policy = try policy("allow-findings:\n  - {fingerprint: \(Self.known), because: It is made up.}\n")
    let one = Fixture.finding(.credential, .block, fingerprint: Self.known)
    let other = Fixture.finding(.credential, .block, fingerprint: "other")
    #expect(policy.decide(question([one])).action == .allow)
    #expect(policy.decide(question([one, other])).action == .block)
    #expect(policy.decide(question([other])).action == .block)
    let entry = RuleReference(name: "allow-findings: 0a0a0a0a", file: "sallyport.yaml", line: 5)
    #expect(policy.allowances(question([other, one])) == [1: entry])
    let redacting = try Fixture.policy(
      "version: 1\nrules:\n  - {name: cut, then: redact}\nallow-findings: [{fingerprint: \(Self.known), because: B.}]\n"
    )
    #expect(redacting.redactions(question([one, other])) == [1])
  }

  @Test("neither a canary nor what cannot be read is let through")
  func never() throws {
    let policy = try policy("allow-findings: [{fingerprint: \(Self.known), because: It is made up.}]\n")
    for dataClass in [DataClass.canary, .opaque] {
      let question = question([Fixture.finding(dataClass, .block, fingerprint: Self.known)])
      #expect(policy.decide(question).action == .block)
      #expect(policy.allowances(question).isEmpty)
    }
  }

  @Test("an entry holds to the end of its last day")
  func until() throws {
    let policy = try policy(
      "allow-findings: [{fingerprint: \(Self.known), because: It is made up., until: 2027-06-30}]\n")
    var asked = question([Fixture.finding(.credential, .block, fingerprint: Self.known)])
    asked.time = try #require(Timestamp("2027-06-30T23:59:59.999Z"))
    #expect(policy.decide(asked).action == .allow)
    asked.time = try #require(Timestamp("2027-07-01T00:00:00.000Z"))
    #expect(policy.decide(asked).action == .block)
  }

  @Test("what was enough before parts of it were taken out is enough for the rest")
  func rest() throws {
    let policy = try policy("findings: {personal: {at-least: 3}}\n")
    let whole = question(values(3))
    var rest = question(values(1))
    #expect(policy.decide(rest).action == .report)
    rest.counted = policy.countedClasses(whole)
    #expect(rest.counted == [.personal] && policy.decide(rest).action == .block)
    #expect(policy.countedClasses(question(values(2))).isEmpty)
  }

  @Test("own code is not let through by its fingerprint, which is that of its file")
  func ownCode() throws {
    let policy = try Fixture.policy(
      "version: 1\nrules:\n  - {name: stop, when: {class: proprietary}, then: block}\n"
        + "allow-findings: [{fingerprint: \(Self.known), because: It is made up.}]\n")
    func finding(_ detector: String) -> Finding {
      Finding(
        detector: detector, dataClass: .proprietary, grade: .redact, place: .body, span: Span(0, 9),
        fingerprint: Self.known)
    }
    #expect(policy.decide(question([finding("marking")])).action == .allow)
    #expect(policy.decide(question([finding("own-code")])).action == .block)
    #expect(policy.decide(question([finding("own-code-renamed")])).action == .block)
  }

  @Test("an entry whose time is over is warned of")
  func ended() throws {
    let policy = try policy(
      "allow-findings: [{fingerprint: \(Self.known), because: It is made up., until: 2027-06-30}]\n")
    let (last, next) = (Timestamp("2027-06-30T23:59:59.000Z"), Timestamp("2027-07-01T00:00:00.000Z"))
    #expect(policy.endedWarnings(at: try #require(last)).isEmpty)
    #expect(
      policy.endedWarnings(at: try #require(next)).map(\.sentence) == [
        "0a0a0a0a… is let through no more since the end of 2027-06-30; take the entry away, or set a later day"
      ])
  }

  @Test("what is let through makes no number of a class full")
  func allowedBelowThreshold() throws {
    let policy = try policy(
      "findings: {personal: {at-least: 2}}\nallow-findings: [{fingerprint: \(Self.known), because: It is made up.}]\n")
    let allowed = Fixture.finding(.personal, .block, fingerprint: Self.known)
    #expect(policy.decide(question([allowed] + values(1))).action == .report)
    #expect(policy.decide(question([allowed] + values(2))).action == .block)
  }

  @Test(
    "what is wrong is named",
    arguments: [
      ("findings: {canary: {at-least: 2}}", "canary"), ("findings: {opaque: {grade: block}}", "opaque"),
      ("findings: {personal: {at-least: 0}}", "from 1 to 1000"),
      ("findings: {personal: {at-least: 101}}", "at most 100"),
      ("findings: {personal: {grade: sure}}", "a grade"),
      ("allow-findings: [{fingerprint: 12, because: B.}]", "32 digits"),
      ("allow-findings: [{fingerprint: \(known)}]", "'because'"),
      ("allow-findings: [{fingerprint: \(known), because: \" \"}]", "why this may be"),
      ("allow-findings: [{fingerprint: \(known), because: B., until: 2027-02-30}]", "a date such as"),
      ("allow-findings: [{fingerprint: \(known), because: B.}, {fingerprint: \(known), because: C.}]", "second entry"),
    ])
  func wrong(_ settings: String, _ part: String) throws {
    guard case .failure(let errors) = PolicyDocument.parse("version: 1\n\(settings)\n", file: "p.yaml") else {
      Issue.record("it is read")
      return
    }
    #expect("\(errors)".contains(part), "\(errors)")
  }

  @Test("both are said aloud")
  func notices() throws {
    let policy = try policy(
      "findings: {personal: {grade: redact, at-least: 3}}\n"
        + "allow-findings: [{fingerprint: \(Self.known), because: It is made up., until: 2027-06-30}]\n")
    #expect(
      policy.notices == [
        "sallyport.yaml:4: of what is personal, those below grade redact, and fewer than 3 different ones in a message "
          + "are shown and decide nothing",
        "sallyport.yaml:5: what has the fingerprint \(Self.known) is let through until the end of 2027-06-30: It is made up.",
      ])
  }

  @Test("an explanation names the entry, and agrees with the decision")
  func explained() throws {
    let policy = try policy("allow-findings: [{fingerprint: \(Self.known), because: It is made up.}]\n")
    let steps = policy.explain(question([Fixture.finding(.credential, .block, fingerprint: Self.known)]))
    #expect(steps.contains { $0.rule.name == "allow-findings: 0a0a0a0a" && $0.outcome == .answers })
    #expect(steps.first { $0.decides }?.action == .allow)
  }
}
