internal import Evidence
internal import Policy
internal import Testing

@Suite struct PolicyDecisionTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let posture: Posture
    let purpose: Purpose
    /// For a POST with a body, or with a finding of that class and grade.
    let clean: Action
    let credential: Action
    let likely: Action
    let personal: Action
    let opaque: Action
    let hidden: Action
    var testDescription: String { "\(posture.rawValue) \(purpose.rawValue)" }
  }

  static let table: [Row] = {
    func row(_ posture: Posture, _ purpose: Purpose, _ all: Action...) -> Row {
      let pick: (Int) -> Action = { all.count == 1 ? all[0] : all[$0] }
      return Row(
        posture: posture, purpose: purpose, clean: pick(0), credential: pick(1), likely: pick(2), personal: pick(3),
        opaque: pick(4), hidden: pick(5))
    }
    return Purpose.allCases.map { row(.ban, $0, .block) } + Purpose.allCases.map { row(.internal, $0, .block) } + [
      row(.control, .model, .allow, .redact, .redact, .report, .block, .report),
      row(.control, .auth, .report, .report, .report, .report, .block, .report),
      row(.control, .config, .report, .block, .redact, .report, .block, .report),
      row(.control, .registry, .report, .block, .redact, .report, .block, .report),
      row(.control, .web, .block), row(.control, .unknown, .block), row(.control, .telemetry, .block),
      row(.control, .flags, .block), row(.control, .update, .block),
      row(.partner, .model, .block), row(.partner, .telemetry, .block), row(.partner, .flags, .block),
      row(.partner, .update, .block), row(.partner, .web, .block), row(.partner, .unknown, .block),
      row(.partner, .auth, .ask, .ask, .ask, .ask, .block, .ask),
      row(.partner, .config, .ask, .block, .ask, .ask, .block, .ask),
      row(.partner, .registry, .ask, .block, .ask, .ask, .block, .ask),
    ]
  }()

  @Test("posture, purpose and class give the documented action", arguments: table)
  func answersAsDocumented(_ row: Row) {
    let policy = PolicyDocument.builtIn(row.posture)
    func action(_ findings: [Finding]) -> Action {
      policy.decide(
        Fixture.question(
          endpoint: "anthropic/x", isOwnVendor: true, purpose: row.purpose, method: "POST", path: "/x",
          findings: findings, bytes: 100)
      ).action
    }
    #expect(action([]) == row.clean)
    #expect(action([Fixture.finding(.credential)]) == row.credential)
    #expect(action([Fixture.finding(.credential, .redact)]) == row.likely)
    #expect(action([Fixture.finding(.personal)]) == row.personal)
    #expect(action([Fixture.finding(.opaque)]) == row.opaque)
    #expect(action([Fixture.finding(.hiddenText)]) == row.hidden)
  }

  @Test("in every posture names are answered inside, and under ban nothing else is let through")
  func names() {
    for posture in Posture.allCases {
      let name = Fixture.question(host: "a.example.com", port: 53, method: "A", protocolName: .dns)
      #expect(PolicyDocument.builtIn(posture).decide(name).action == .allow)
    }
    for name in Exchange.ProtocolName.allCases where name != .dns {
      let question = Fixture.question(isOwnVendor: true, purpose: .model, protocolName: name)
      #expect(PolicyDocument.builtIn(.ban).decide(question).action == .block)
    }
  }

  @Test("what was planted is blocked for every purpose, and what is hidden or steers a model is in the record")
  func planted() {
    for purpose in Purpose.allCases {
      func decide(_ finding: Finding) -> Decision {
        PolicyDocument.builtIn(.control).decide(
          Fixture.question(
            endpoint: "anthropic/x", isOwnVendor: true, purpose: purpose, method: "POST", path: "/x",
            findings: [finding], bytes: 100))
      }
      #expect(decide(Fixture.finding(.canary, detector: "planted-canary")).action == .block, "\(purpose)")
      #expect(decide(Fixture.finding(.injection)).action == decide(Fixture.finding(.hiddenText)).action)
      if purpose == .model { #expect(decide(Fixture.finding(.injection)).action == .report) }
    }
  }

  @Test("every combination of posture and purpose is in the table")
  func complete() {
    #expect(Set(Self.table.map(\.testDescription)).count == Posture.allCases.count * Purpose.allCases.count)
  }

  private let control = PolicyDocument.builtIn(.control)

  @Test("a page on an unknown site is shown, an upload, a long address, a socket and a bare address are not let out")
  func unknownSites() {
    func action(_ question: Question) -> Action { control.decide(question).action }
    #expect(action(Fixture.question(host: "a.example.com")) == .report)
    #expect(action(Fixture.question(host: "a.example.com", method: "HEAD", protocolName: .http2)) == .report)
    #expect(action(Fixture.question(host: "a.example.com", bytes: 1)) == .block)
    #expect(action(Fixture.question(host: "a.example.com", method: "DELETE")) == .block)
    #expect(action(Fixture.question(host: "a.example.com", protocolName: .webSocket)) == .block)
    #expect(action(Fixture.question(host: "a.example.com", protocolName: .bytes)) == .block)
    #expect(
      action(Fixture.question(host: "a.example.com", path: "/?d=" + String(repeating: "x", count: 3000))) == .block)
    for host in ["192.0.2.1", "2001:db8::1", "0x7f000001", "127.1", "2130706433"] {
      let decision = control.decide(Fixture.question(host: host))
      #expect(decision.action == .block && decision.rule.name == "addresses without a name", "\(host)")
    }
    #expect(action(Fixture.question(host: "dns.google", endpoint: "dns-over-https/query", purpose: .web)) == .block)
    #expect(action(Fixture.question(host: "x.example.com", protocolName: .dns, bytes: 20)) == .allow)
    let tunnel = Fixture.question(
      host: "x.example.com", protocolName: .dns, findings: [Fixture.finding(.credential, .redact, place: .domainName)])
    #expect(action(tunnel) == .block)
  }

  @Test("a rule that opens a destination does not open it for what is inside")
  func routeDoesNotLicenseFindings() throws {
    let policy = try Fixture.policy(
      "version: 1\nrules: [{name: open, when: {destination: p.example.com}, then: allow}]\n")
    func question(_ findings: [Finding]) -> Question {
      Fixture.question(host: "p.example.com", method: "POST", findings: findings, bytes: 10)
    }
    #expect(policy.decide(question([])).action == .allow)
    #expect(policy.decide(question([])).rule == RuleReference(name: "open", file: "sallyport.yaml", line: 2))
    #expect(policy.decide(question([Fixture.finding(.credential)])).action == .block)
    #expect(policy.decide(question([Fixture.finding(.opaque)])).action == .block)
  }

  @Test("a rule that licenses a finding does not open the destination")
  func findingDoesNotOpenRoute() throws {
    let policy = try Fixture.policy("version: 1\nrules: [{name: any, when: {class: credential}, then: allow}]\n")
    let question = Fixture.question(
      host: "p.example.com", method: "POST", findings: [Fixture.finding(.credential)], bytes: 10)
    #expect(policy.decide(question).action == .block)
    #expect(policy.decide(question).rule.name == "uploads to unknown sites")
  }

  @Test("one bad finding among many decides")
  func strictestFinding() throws {
    let policy = try Fixture.policy(
      "version: 1\nrules: [{name: test keys, when: {detector: test-key}, then: allow}]\n")
    let harmless = Fixture.finding(.credential, detector: "test-key")
    let question = { (findings: [Finding]) in
      Fixture.question(isOwnVendor: true, purpose: .model, method: "POST", findings: findings, bytes: 10)
    }
    #expect(
      policy.decide(question([harmless])).action == .allow || policy.decide(question([harmless])).action == .report)
    let mixed = question([harmless, Fixture.finding(.credential), harmless, Fixture.finding(.personal, .note)])
    #expect(policy.decide(mixed).action == .redact)
    #expect(policy.redactions(mixed) == [1])
    #expect(policy.decide(question([harmless, Fixture.finding(.canary), Fixture.finding(.opaque)])).action == .block)
  }

  @Test("a key in its own header signs the tool in; in a body, or at a stranger's, it does not")
  func signInHeaders() {
    func action(_ place: Finding.Place, _ purpose: Purpose) -> Action {
      control.decide(
        Fixture.question(
          isOwnVendor: true, purpose: purpose, findings: [Fixture.finding(.credential, place: place)])
      ).action
    }
    #expect(action(.header("authorization"), .model) == .allow)
    #expect(action(.header("x-api-key"), .model) == .allow)
    #expect(action(.header("x-note"), .model) == .redact)
    #expect(action(.header("authorization"), .unknown) == .block)
    #expect(action(.header("authorization"), .web) == .block)
    #expect(action(.header("authorization"), .registry) == .report)
  }

  @Test("what is not known opens nothing and closes everything")
  func unknownFacts() throws {
    let yaml = { (action: String) in
      """
      version: 1
      rules:
        - {name: r, when: {agent: codex, version: ">=1", place: {workspace: "~/w/**"}, path: /v1/**}, then: \(action)}
      """
    }
    let question = Fixture.question(agent: Agent(id: "codex"), host: "a.example.com", path: "/v1/../x")
    #expect(try Fixture.policy(yaml("block")).decide(question).rule.name == "r")
    #expect(try Fixture.policy(yaml("allow")).decide(question).rule.name != "r")
    #expect(try Fixture.policy(yaml("report")).decide(question).rule.name != "r")
  }

  @Test(
    "of a stream of no known dialect neither method nor path is known",
    arguments: ["method: [POST]", "path: /v1/**", "path: /"])
  func unknownRequest(_ condition: String) throws {
    let yaml = { (action: String) in
      "version: 1\nrules:\n  - {name: r, when: {destination: a.example.com, \(condition)}, then: \(action)}\n"
    }
    let question = Fixture.question(host: "a.example.com", method: "BYTES", path: "/", protocolName: .bytes)
    #expect(try Fixture.policy(yaml("block")).decide(question).rule.name == "r")
    #expect(try Fixture.policy(yaml("allow")).decide(question).rule.name != "r")
  }

  @Test("ask becomes yes or no by the answer, and yes does not let a secret through")
  func answers() {
    let partner = PolicyDocument.builtIn(.partner)
    var question = Fixture.question(host: "a.example.com")
    #expect(partner.decide(question).action == .ask)
    question.answer = .no
    #expect(partner.decide(question).action == .block)
    question.answer = .yes
    #expect(partner.decide(question).action == .report)
    #expect(partner.decide(question).reasons.contains { $0.subject == "answer" })
    question.findings = [Fixture.finding(.credential)]
    #expect(partner.decide(question).action == .block)
  }

  @Test("only what is listed is left uninspected, and a stricter rule of the file stands above the list")
  func uninspected() throws {
    let yaml = """
      version: 1
      uninspected: [{hosts: ["*.pinned.example.com"], because: It pins., agent: codex}]
      rules: [{name: not this one, when: {destination: bad.pinned.example.com}, then: block}]
      """
    let policy = try Fixture.policy(yaml)
    let codex = Agent(id: "codex")
    let listed = Destination(host: "a.pinned.example.com", port: 443)
    #expect(
      policy.interception(of: listed, agent: codex)
        == .uninspected(RuleReference(name: "uninspected", file: "sallyport.yaml", line: 2), because: "It pins."))
    #expect(policy.interception(of: listed, agent: Agent(id: "aider")) == .inspect)
    #expect(policy.interception(of: Destination(host: "pinned.example.com", port: 443), agent: codex) == .inspect)
    func action(_ host: String, _ agent: Agent = codex) -> Action {
      policy.decide(Fixture.question(agent: agent, host: host, protocolName: .uninspected)).action
    }
    #expect(action("a.pinned.example.com") == .report)
    #expect(action("a.pinned.example.com", Agent(id: "aider")) == .block)
    #expect(action("bad.pinned.example.com") == .block)
    #expect(action("other.example.com") == .block)
  }

  @Test("a granted private address is shown, and may be a model of the house")
  func granted() throws {
    for posture in [Posture.control, .partner, .internal] {
      let policy = try Fixture.policy(
        "version: 1\nposture: \(posture.rawValue)\nprivate-addresses: [10.0.0.0/8, llm.corp.example]\n")
      func action(_ host: String, _ findings: [Finding] = []) -> Action {
        policy.decide(Fixture.question(host: host, method: "POST", findings: findings, bytes: 5)).action
      }
      #expect(action("10.2.3.4") == .report)
      #expect(action("::ffff:10.2.3.4") == .report)
      #expect(action("llm.corp.example") == .report)
      #expect(action("11.2.3.4") == .block)
      #expect(action("llm.corp.example", [Fixture.finding(.personal)]) == .report)
      #expect(action("llm.corp.example", [Fixture.finding(.credential)]) == .block)
    }
  }

  @Test("a decision names its rule, says why, and offers a way on only where something was stopped")
  func words() {
    let decision = control.decide(
      Fixture.question(endpoint: "anthropic/event-logging", purpose: .telemetry, method: "POST", bytes: 10))
    #expect(decision.rule.file == "built-in:control")
    #expect(
      decision.reasons.map(\.statement) == [
        "This is telemetry traffic to api.anthropic.com:443 (anthropic/event-logging).",
        "The tool works without reporting on its user.",
      ])
    #expect(decision.remedy.contains("- {name: "))
    #expect(control.decide(Fixture.question(isOwnVendor: true, purpose: .model)).remedy.isEmpty)
  }

  @Test(
    "a decision says whether a person said no or nobody answered",
    arguments: [
      (Question.Answer.yes, Action.report, "A person said yes."), (.no, .block, "A person said no."),
      (.silence, .block, "Nobody answered in time, which counts as no."),
    ])
  func answers(_ answer: Question.Answer, _ action: Action, _ sentence: String) throws {
    let policy = try Fixture.policy("version: 1\nrules: [{name: a, then: ask}]")
    let decision = policy.decide(Fixture.question(answer: answer))
    #expect(decision.action == action)
    #expect(decision.reasons.filter { $0.subject == "answer" }.map(\.statement) == [sentence])
  }
}
