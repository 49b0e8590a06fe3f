internal import Evidence
internal import Policy
internal import Testing

@Suite struct SourceRuleTests {
  private static let yaml = """
    version: 1
    rules:
      - {name: guarded, when: {paths: ["secrets/**", "*.pem"]}, then: block}
      - {name: team, when: {owners: "@Example/*"}, then: ask}
    """

  private func question(_ sources: String..., gap: Attributed.Gap? = nil, bytes: Int = 900) throws -> Question {
    var question = Fixture.question(
      isOwnVendor: true, purpose: .model, method: "POST", bytes: bytes,
      place: Question.Place(workspace: "/w", home: "/home/u"))
    question.attributed = Attributed(sources: try sources.map(Fixture.source), share: 1, gap: gap)
    return question
  }

  @Test("a decision says which lines of which file it rests on, and what would let them go")
  func explained() throws {
    let policy = try Fixture.policy(Self.yaml)
    let decision = policy.decide(try question("secrets/key.pem:4-10", "secrets/key.pem:11-15", "secrets/key.pem:20"))
    #expect(decision.action == .block)
    let source = decision.reasons.filter { $0.subject == "source" }.map(\.statement)
    #expect(source == ["13 lines of secrets/key.pem (4-15, 20)"])
    #expect(
      decision.remedy.contains(
        #"- {name: "let secrets/key.pem go to api.anthropic.com", when: {agent: claude-code, destination: api.anthropic.com, paths: secrets/key.pem}, then: allow}"#
      ))
  }

  @Test("owners are found without regard to case, and nobody's file is nobody's")
  func owners() throws {
    let owners = try CodeOwners.parse("/auth/ @example/Security\n", file: "CODEOWNERS").get()
    let policy = try Fixture.policy(Self.yaml).applied(to: owners)
    #expect(policy.decide(try question("auth/a:1")).rule.name == "team")
    #expect(policy.decide(try question("b:1")).action == .allow)
    #expect(policy.decide(try question("/auth/a:1")).action == .allow)
    #expect(policy.rulesNamingOwners.map(\.name) == ["team"])
  }

  @Test("before anybody has read CODEOWNERS, a rule that names owners stops every file of the workspace")
  func ownersUnknown() throws {
    let policy = try Fixture.policy(Self.yaml)
    #expect(policy.decide(try question("b:1")).rule.name == "team")
    #expect(policy.applied(to: .none).decide(try question("b:1")).action == .allow)
    let opening = try Fixture.policy(
      "version: 1\nrules:\n  - {name: o, when: {owners: '@a'}, then: allow}\n  - {name: n, when: {paths: b}, then: block}"
    )
    #expect(opening.decide(try question("b:1")).rule.name == "n")
  }

  @Test(
    "what was not compared closes and does not open; a message without a body, and files left out, are no gap",
    arguments: [
      (Attributed.Gap.indexing, 900, Action.block), (.messageTooLarge, 900, .block), (.off, 900, .block),
      (.filesLeftOut, 900, .allow), (.off, 0, .allow), (.indexing, 0, .allow),
    ])
  func gaps(_ gap: Attributed.Gap, _ bytes: Int, _ action: Action) throws {
    let policy = try Fixture.policy(Self.yaml)
    let decision = policy.decide(try question(gap: gap, bytes: bytes))
    #expect(decision.action == action)
    let opening = try Fixture.policy("version: 1\nrules:\n  - {name: o, when: {paths: '**'}, then: allow}")
    #expect(opening.decide(try question(gap: gap, bytes: bytes)).action == .allow)
  }

  @Test("what is left uninspected is not stopped for being uninspected, and that is said")
  func uninspected() throws {
    let policy = try Fixture.policy(
      Self.yaml + "\nuninspected: [{hosts: [api.anthropic.com], because: It pins.}]")
    var question = try question(gap: .off)
    question.protocolName = .uninspected
    #expect(policy.decide(question).action == .report)
    #expect(policy.notices.contains("sallyport.yaml:3: no rule about files holds for what is left uninspected"))
  }

  @Test("rules that name owners are said to cover nothing where there is no CODEOWNERS")
  func noCodeOwners() throws {
    let policy = try Fixture.policy(Self.yaml).applied(to: .none)
    #expect(
      policy.notices == ["sallyport.yaml:4: 'team' names owners, but there is no CODEOWNERS here: it covers no file"])
    #expect(!PolicyDocument.builtIn(.control).asksForSources)
  }

  @Test("a notice of files that were left out names three, and says where the rest is")
  func leftOut() throws {
    let policy = try Fixture.policy(Self.yaml)
    func notice(_ count: Int, _ examples: [String], of policy: PolicyDocument) -> String? {
      policy.notice(filesLeftOut: count, examples: examples, list: "r/report.json")
    }
    #expect(notice(0, [], of: policy) == nil)
    #expect(
      notice(5, ["a", "b\u{1b}", "c", "d"], of: policy)
        == "sallyport.yaml: 5 files were not compared with what is sent (a, b·, c and 2 more); rules about files do not know them; see filesIndexed.leftOut in r/report.json"
    )
    #expect(notice(1, ["a"], of: policy)?.contains("1 file was not compared with what is sent (a); rules") == true)
    #expect(notice(3, ["a"], of: .builtIn(.control)) == nil)
    #expect(!PolicyDocument.builtIn(.control).asksForSources)
  }

  @Test("lines count once for each host: those sent before, and those that this message sends first")
  func lines() throws {
    let policy = try Fixture.policy(
      """
      version: 1
      rules:
        - {name: other, when: {paths: other/**, lines: ">5"}, then: ask}
        - {name: many, when: {paths: src/**, lines: ">20"}, then: block}
      """)
    var sent = SentLineCounts()
    var next = try question("src/a:1-15", "other/x:1-5")
    #expect(policy.decide(next).action == .allow)
    sent = policy.adding(next.attributed, to: sent, at: next.place)
    next = try question("src/b:1-5", "src/c:6")
    next.sentLines = sent
    #expect(policy.decide(next).rule.name == "many")
    next = try question("src/b:1-5")
    next.sentLines = sent
    #expect(policy.decide(next).action == .allow)
    let repeated = SourceRange(path: "src/a", startLine: 1, endLine: 15, bytes: 9, isFirstSent: false)
    next.attributed.sources.append(repeated)
    #expect(policy.decide(next).action == .allow)
    #expect(policy.adding(Attributed(sources: [repeated]), to: sent, at: next.place) == sent)
  }

  @Test("hostile numbers overflow nothing")
  func overflow() throws {
    let policy = try Fixture.policy(
      "version: 1\nrules:\n  - {name: m, when: {paths: '**', lines: '>20', share: '>=0%'}, then: block}")
    var question = try question()
    let huge = SourceRange(
      path: "a", startLine: 1, endLine: .max, bytes: .max, isFirstSent: true)
    question.attributed = Attributed(sources: [huge, huge], share: .nan)
    question.sentLines = SentLineCounts(base: .max)
    #expect(policy.decide(question).action == .block)
    _ = policy.explain(question)
    question.attributed.share = .infinity
    #expect(policy.decide(question).action == .block)
    _ = policy.adding(question.attributed, to: question.sentLines, at: question.place)
  }

  @Test("a path outside is meant by its own name, below home, or by a name at any depth")
  func outside() throws {
    func covers(_ pattern: String, _ path: String) throws -> Bool {
      let policy = try Fixture.policy("version: 1\nrules:\n  - {name: x, when: {paths: '\(pattern)'}, then: block}")
      return policy.decide(try question(path)).action == .block
    }
    #expect(try covers("~/notes/**", "/home/u/notes/a"))
    #expect(try !covers("~/notes/**", "/home/v/notes/a"))
    #expect(try covers("/etc/**", "/etc/ssl/a"))
    #expect(try !covers("etc/**", "/etc/ssl/a"))
    #expect(try covers("*.pem", "/etc/ssl/a.pem"))
    #expect(try covers("**/ssl/*.pem", "/etc/ssl/a.pem"))
    #expect(try covers("/w/src/**", "src/a"))
    #expect(try !covers("./a.pem", "x/a.pem"))
    #expect(try covers("./a.pem", "a.pem"))
  }

  @Test("what rules about files cannot say is refused at its line, with what can be said")
  func refused() {
    let problems = Fixture.problems(
      """
      version: 1
      rules:
        - {name: a, when: {paths: "secrets/**"}, then: redact}
        - {name: b, when: {paths: "secrets/**", class: credential}, then: block}
        - {name: c, when: {paths: "secrets/**", max-lines: 20}, then: block}
        - {name: d, when: {paths: "!x"}, then: block}
        - {name: e, when: {owners: security}, then: block}
        - {name: f, when: {share: "120%"}, then: block}
        - {name: g, when: {lines: "many"}, then: block}
        - {name: h, when: {path: "secrets/**"}, then: block}
        - {name: i, when: {max-lines: 1, lines: "<5"}, then: allow}
      ledger: {paths: hidden}
      """)
    #expect(problems.compactMap { $0.split(separator: ":").dropFirst().first.flatMap { Int($0) } } == Array(3...12))
    #expect(problems[0].contains("lines cannot be cut out"))
    #expect(problems[2].contains("'lines: \">20\"'"))
    #expect(problems[7].contains("for files: paths"))
  }

  @Test("the ledger names files by their paths where nothing else is said")
  func ledgerPaths() throws {
    #expect(PolicyDocument.builtIn(.control).ledgerPaths == .plain)
    #expect(try Fixture.policy("version: 1\nledger: {paths: committed}").ledgerPaths == .committed)
    #expect(try Fixture.policy("version: 1\nledger:").ledgerPaths == .plain)
  }

  @Test("a file is guarded where a rule that stops something covers it, whatever it counts")
  func guarded() throws {
    let policy = try Fixture.policy(
      """
      version: 1
      rules:
        - {name: a, when: {paths: docs/**}, then: allow}
        - {name: b, when: {paths: src/**, lines: ">100"}, then: block}
      """)
    let place = Question.Place(workspace: "/w")
    #expect(policy.guards("src/a.c", at: place))
    #expect(!policy.guards("docs/a", at: place))
    #expect(!policy.guards("other", at: place))
    #expect(!PolicyDocument.builtIn(.control).guards("src/a.c", at: place))
  }

  @Test("share is of the message's bytes, by the covered files' part of them")
  func share() throws {
    let policy = try Fixture.policy(
      "version: 1\nrules:\n  - {name: s, when: {paths: a, share: '>=12.5%'}, then: block}")
    var question = try question("a:1-10", "b:1-30")
    question.attributed.share = 0.5
    #expect(policy.decide(question).action == .block)
    question.attributed.share = 0.49
    #expect(policy.decide(question).action == .allow)
  }

  @Test("a policy without rules about files is asked nothing about them")
  func untouched() throws {
    let policy = PolicyDocument.builtIn(.control)
    let plain = policy.decide(try question())
    #expect(policy.decide(try question("secrets/a.pem:1-9", gap: .indexing)) == plain)
  }
}
