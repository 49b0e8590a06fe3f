internal import Evidence
internal import Policy
internal import Testing

@Suite struct PolicyProposalTests {
  private static let noon = Fixture.noon

  static func exchange(
    _ sequence: Int = 1, agent: Agent = Agent(id: "codex", version: "0.163.0"), host: String = "api.openai.com",
    port: UInt16 = 443, protocolName: Exchange.ProtocolName = .http1, method: String = "POST",
    path: String = "/v1/responses", endpoint: String? = "openai/responses", purpose: Purpose = .model,
    findings: [Finding] = [], bytes: Int = 900, rule: RuleReference? = nil, observed: String? = nil
  ) -> Exchange {
    let rule = rule ?? RuleReference(name: "r", file: "built-in:control", line: 1)
    let reasons = observed.map { [Decision.Reason(subject: Decision.Reason.observed, statement: $0)] } ?? []
    var exchange = Exchange(
      sequence: sequence, started: noon, agent: agent, destination: Destination(host: host, port: port),
      protocolName: protocolName, method: method, path: path, endpoint: endpoint, purpose: purpose,
      findings: findings, decision: Decision(action: .report, rule: rule, reasons: reasons),
      requestBytes: bytes + 300, inspectedBytes: bytes + 300, requestBodyBytes: bytes, forwardedBytes: bytes + 300)
    exchange.attributed = Attributed()
    return exchange
  }

  static func proposal(
    _ exchanges: [Exchange], yaml: String? = nil, file: String = "sallyport.yaml"
  ) throws -> PolicyProposal {
    let policy = try yaml.map { try Fixture.policy($0, file: file) } ?? .builtIn(.control)
    return PolicyProposal(
      ObservedRun(
        exchanges: exchanges, agent: Agent(id: "codex", version: "0.163.0"), policy: policy, policyText: yaml))
  }

  static func question(_ exchange: Exchange) -> Question {
    var question = Fixture.question(
      agent: exchange.agent, host: exchange.destination.host, port: exchange.destination.port,
      endpoint: exchange.endpoint, isOwnVendor: true, purpose: exchange.purpose, method: exchange.method,
      path: exchange.path, protocolName: exchange.protocolName, findings: exchange.findings,
      bytes: exchange.requestBodyBytes, time: exchange.started)
    question.attributed = exchange.attributed
    return question
  }

  private static func passes(_ exchange: Exchange, _ policy: PolicyDocument) -> Bool {
    [.allow, .report].contains(policy.decide(question(exchange)).action)
  }

  @Test("what was seen passes, and each fact about it that is another one does not")
  func least() throws {
    let seen = [
      Self.exchange(1), Self.exchange(2),
      Self.exchange(
        3, host: "pypi.org", method: "GET", path: "/simple/requests/", endpoint: nil, purpose: .registry, bytes: 0),
    ]
    let policy = try Fixture.policy(try Self.proposal(seen).text)
    #expect(policy.posture == .ban)
    for exchange in seen { #expect(Self.passes(exchange, policy)) }
    #expect(!Self.passes(Self.exchange(host: "api.example.com"), policy))
    #expect(!Self.passes(Self.exchange(port: 8443), policy))
    #expect(!Self.passes(Self.exchange(path: "/v1/files", endpoint: "openai/files"), policy))
    #expect(!Self.passes(Self.exchange(path: "/v1/files"), policy))
    #expect(!Self.passes(Self.exchange(method: "GET"), policy))
    #expect(!Self.passes(Self.exchange(purpose: .web), policy))
    #expect(!Self.passes(Self.exchange(agent: Agent(id: "aider")), policy))
    let page = Self.exchange(protocolName: .webSocket, method: "GET", path: "/simple/requests/", bytes: 0)
    #expect(!Self.passes(page, policy))
    #expect(!Self.passes(Self.exchange(endpoint: nil), policy))
  }

  @Test("each rule names the exchanges that it is for, and the file says from what it was made")
  func comments() throws {
    let text = try Self.proposal([1, 4, 5, 6].map { Self.exchange($0) }).text
    #expect(text.contains("one run of codex 0.163.0 with 4 exchanges"))
    #expect(text.contains("  # exchanges 1, 4-6 (4; 4800 bytes sent): POST api.openai.com:443/v1/responses\n"))
    #expect(text.contains("    agent: codex\n"))
  }

  @Test(
    "telemetry, flags and updates are written as comments, with what they carried",
    arguments: [
      Purpose.telemetry, .flags, .update,
    ])
  func nonessential(_ purpose: Purpose) throws {
    var exchange = Self.exchange(2, path: "/t", endpoint: "openai/t", purpose: purpose, bytes: 1234)
    exchange.attributed = Attributed(sources: [try Fixture.source("src/a.c:1-3")], share: 0.1)
    let proposal = try Self.proposal([Self.exchange(1), exchange])
    let policy = try Fixture.policy(proposal.text)
    #expect(!Self.passes(exchange, policy))
    #expect(proposal.text.contains("  # \(purpose.rawValue): 1234 bytes of bodies, lines of 1 file inside\n"))
    #expect(proposal.rules == 1 && proposal.commentedRules == 1)
    let opened = try Fixture.policy(Self.uncommented(proposal.text))
    #expect(Self.passes(exchange, opened))
  }

  /// The text with the marks in front of its commented rules taken away.
  private static func uncommented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      for word in ["- name:", "  when:", "    ", "  then:"] where line.hasPrefix("  # \(word)") {
        return "  " + line.dropFirst(4)
      }
      return String(line)
    }.joined(separator: "\n")
  }

  @Test("ways round the door are never allowed by a proposal", arguments: ObservedGroupTests.evasive)
  func evasions(_ exchange: Exchange) throws {
    let policy = try Fixture.policy(try Self.proposal([exchange]).text)
    #expect(!Self.passes(exchange, policy))
    #expect(PolicyDocument.builtIn(.control).decide(Self.question(exchange)).action == .block)
  }

  @Test("a finding is let through by no proposal, and its comment says what happens to it")
  func findings() throws {
    let exchange = Self.exchange(
      7, findings: [Fixture.finding(.credential, detector: "github-token")],
      observed:
        "it would have been sent without what was found in it by rule 'secrets in a prompt' (built-in:control:29)")
    let text = try Self.proposal([exchange]).text
    #expect(try Fixture.policy(text).decide(Self.question(exchange)).action == .redact)
    #expect(text.contains("  # found inside: github-token (credential, grade block) in body: exchange 7\n"))
    #expect(text.contains("  # still, what was inside is cut out by 'secrets in a prompt': exchange 7\n"))
    #expect(text.contains("  # in this run it would have been sent without what was found in it by rule"))
    var clean = exchange
    clean.findings = []
    #expect(Self.passes(clean, try Fixture.policy(text)))
  }

  @Test("files that left are named in comments, which become rules that let only them go")
  func files() throws {
    var exchange = Self.exchange()
    exchange.attributed = Attributed(
      sources: [try Fixture.source("a.md:1-9"), try Fixture.source("src/b.c:4")], share: 0.5)
    let text = try Self.proposal([exchange]).text
    #expect(text.contains("  #   9 lines of a.md (1-9)\n"))
    let opened = try Fixture.policy(Self.uncommented(text))
    #expect(Self.passes(exchange, opened))
    var other = exchange
    other.attributed.sources.append(try Fixture.source("src/c.c:1"))
    #expect(!Self.passes(other, opened))
    #expect(Self.passes(other, try Fixture.policy(text)))
  }

  @Test(
    "identifiers in a path may be others next time; words may not",
    arguments: [
      ("/v1/threads/thread_8f3a9b2c1d/runs", "/v1/threads/thread_00000000aa/runs", "/v1/threads/list/runs/x"),
      ("/a/42/b", "/a/43/b", "/a/42/c"),
      ("/s/3f2504e0-4f89-41d3-9a0c-0305e82c3301", "/s/9f2504e0-4f89-41d3-9a0c-0305e82c3302", "/t/x"),
      ("/api/eval/sdk-zAZezfDKGoZuXXKe", "/api/eval/sdk-aBCdEFghIJklMNop", "/api/getOrganizationMetrics/x"),
      ("/f/<github-token>/x", "/f/<github-token>/x", "/f/a/y"),
      ("/lodash/-/lodash-4.17.21.tgz", "/lodash/-/lodash-4.17.21.tgz", "/lodash/-/lodash-4.17.22.tgz"),
    ])
  func paths(_ seen: String, _ next: String, _ other: String) throws {
    func exchange(_ path: String) -> Exchange {
      Self.exchange(host: "x.example.com", method: "GET", path: path, endpoint: nil, purpose: .unknown, bytes: 0)
    }
    let policy = try Fixture.policy(try Self.proposal([exchange(seen)]).text)
    #expect(Self.passes(exchange(next), policy))
    #expect(!Self.passes(exchange(other), policy))
  }

  @Test("of a site that nobody described, what would carry more than was seen stays stopped")
  func bounds() throws {
    let seen = Self.exchange(
      host: "x.example.com", method: "GET", path: "/a", endpoint: nil, purpose: .unknown, bytes: 0)
    let policy = try Fixture.policy(try Self.proposal([seen]).text)
    #expect(Self.passes(seen, policy))
    var question = Self.question(seen)
    question.bytes = 1
    #expect(policy.decide(question).action == .block)
    question = Self.question(seen)
    question.path = "/a?d=" + String(repeating: "x", count: 3000)
    #expect(policy.decide(question).action == .block)
    question = Self.question(seen)
    question.fieldBytes = 5000
    #expect(policy.decide(question).action == .block)
    question = Self.question(seen)
    question.sentBytes = 300_000
    #expect(policy.decide(question).action == .block)
  }

  @Test("a file that is there keeps its lines and its rules, which stay first")
  func present() throws {
    let yaml = """
      # ours
      version: 1
      posture: control   # for now

      rules:
      - name: no big prompts
        when: {purpose: model, bytes: ">1000"}   # really
        then: ask
      - {name: unused, when: {destination: u.example.com}, then: allow}
      - {name: keys, when: {paths: secrets/**}, then: block}

      # the rest
      ask-timeout: 30s
      """
    let exchanges = [Self.exchange(1), Self.exchange(2, bytes: 2000)]
    let proposal = try Self.proposal(exchanges, yaml: yaml)
    let policy = try Fixture.policy(proposal.text)
    #expect(policy.posture == .ban)
    #expect(policy.rules.prefix(3).map(\.name) == ["no big prompts", "unused", "keys"])
    #expect(policy.askTimeout == .seconds(30))
    #expect(policy.decide(Self.question(exchanges[0])).action == .allow)
    #expect(policy.decide(Self.question(exchanges[1])).action == .ask)
    #expect(proposal.text.contains("# Stopped by 'no big prompts' above, which stays: exchange 2.\n"))
    #expect(proposal.text.contains("# Not needed by this run, though this file allows it: 'unused'.\n"))
    #expect(proposal.original == yaml)
    let kept = yaml.split(separator: "\n").filter { !$0.hasPrefix("posture:") }
    for line in kept { #expect(proposal.text.contains(line), "\(line)") }
    let again = try Self.proposal(exchanges, yaml: proposal.text)
    #expect(again.rules == 0)
  }

  @Test(
    "a file is added to in whatever way it is written, or a new one is made",
    arguments: [
      "version: 1", "version: 1\nrules:\n", "version: 1\nrules: []\nposture: partner\n", "{version: 1}",
      "version: 1\nrules: [{name: a, then: block, when: {purpose: web}}]\n",
      "version: 1\nrules:\n    - {name: a, when: {purpose: web}, then: block}\n    # tail\nlimits: {streams: 5}\n",
      "version: 1\r\nposture: internal\r\nrules:\r\n- {name: a, when: {purpose: web}, then: block}\r\n",
      "\"rules\":\n- {name: a, when: {purpose: web}, then: block}\n'version': 1\n",
    ])
  func layouts(_ yaml: String) throws {
    let policy = try Fixture.policy(try Self.proposal([Self.exchange()], yaml: yaml).text)
    #expect(policy.posture == .ban)
    #expect(Self.passes(Self.exchange(), policy))
    #expect(!Self.passes(Self.exchange(host: "a.example.com"), policy))
  }

  @Test("what no connection came about for is shown, and not allowed")
  func unreached() throws {
    var exchange = Self.exchange()
    exchange.forwardedBytes = 0
    let proposal = try Self.proposal([exchange])
    #expect(proposal.rules == 0 && proposal.commentedRules == 1)
    #expect(!Self.passes(exchange, try Fixture.policy(proposal.text)))
  }

  @Test("nothing seen is nothing allowed")
  func empty() throws {
    let proposal = try Self.proposal([])
    let policy = try Fixture.policy(proposal.text)
    #expect(policy.posture == .ban && proposal.rules == 0)
    #expect(policy.notices.isEmpty)
  }

  @Test("names asked of the resolver, broken messages and what is uninspected need no rule")
  func besides() throws {
    let proposal = try Self.proposal([
      Self.exchange(1, host: "tunnel.example", protocolName: .dns),
      Self.exchange(2, rule: RuleReference(name: "one host per connection", file: "built-in:protocol", line: 1)),
      Self.exchange(3, protocolName: .uninspected),
    ])
    #expect(proposal.rules == 0 && proposal.commentedRules == 0)
  }

  @Test("whatever was seen, the proposal parses, lets it pass if it should, and nothing that differs from it")
  func property() throws {
    var source = SeededGenerator(seed: 21)
    var allowed = 0
    for _ in 0..<150 {
      let exchanges = (1...Int.random(in: 1...25, using: &source)).map { Self.randomExchange($0, &source) }
      let policy = try Fixture.policy(try Self.proposal(exchanges).text)
      #expect(policy.warnings.isEmpty)
      for exchange in exchanges {
        let isNeeded = ObservedGroupTests.isNeeded(exchange)
        #expect(Self.passes(exchange, policy) == isNeeded, "\(exchange.method) \(exchange.destination)\(exchange.path)")
        guard isNeeded else { continue }
        allowed += 1
        for changed in Self.changes(of: exchange) { #expect(!Self.passes(changed, policy)) }
      }
    }
    #expect(allowed > 100)
  }

  private static func randomExchange(_ sequence: Int, _ source: inout SeededGenerator) -> Exchange {
    let pair =
      [
        ("/v1/responses", "openai/responses"), ("/v1/chat", "x/chat"), ("/a/17/b", nil), ("/q?x=1", nil), ("/", nil),
        ("/a/../b", nil), ("/we ird\"`\n", nil), ("/paste", "paste/new"),
      ].randomElement(using: &source) ?? ("/", nil)
    return exchange(
      sequence,
      host: ["api.openai.com", "b.example.com", "10.0.0.1", "*.com", "2001:db8::1"].randomElement(
        using: &source) ?? "",
      port: [443, 80, 8080].randomElement(using: &source) ?? 1,
      protocolName: [.http1, .http2, .webSocket, .bytes].randomElement(using: &source) ?? .http1,
      method: ["GET", "POST", "g e t"].randomElement(using: &source) ?? "", path: pair.0, endpoint: pair.1,
      purpose: Purpose.allCases.randomElement(using: &source) ?? .unknown,
      bytes: [0, 50].randomElement(using: &source) ?? 0)
  }

  private static func changes(of one: Exchange) -> [Exchange] {
    func with(
      host: String? = nil, port: UInt16? = nil, method: String? = nil, path: String? = nil, purpose: Purpose? = nil
    ) -> Exchange {
      exchange(
        one.sequence, agent: one.agent, host: host ?? one.destination.host, port: port ?? one.destination.port,
        protocolName: one.protocolName, method: method ?? one.method, path: path ?? one.path,
        endpoint: one.endpoint, purpose: purpose ?? one.purpose, bytes: one.requestBodyBytes)
    }
    return [
      with(host: "other.example.com"), with(port: 9999), with(method: "PATCH"), with(path: "/never/seen"),
      with(purpose: .telemetry),
    ]
  }
}

/// What a test knows of the groups of a proposal.
enum ObservedGroupTests {
  static let evasive = [
    PolicyProposalTests.exchange(host: "paste.example", endpoint: "paste/new", purpose: .web),
    PolicyProposalTests.exchange(host: "hook.example", endpoint: "webhook/site", purpose: .web),
    PolicyProposalTests.exchange(host: "dns.example", endpoint: "dns-over-https/query", purpose: .web),
    PolicyProposalTests.exchange(host: "192.0.2.1", endpoint: nil, purpose: .unknown),
    PolicyProposalTests.exchange(
      host: "x.example", protocolName: .bytes, method: "BYTES", path: "/", endpoint: nil, purpose: .unknown),
  ]

  static func isNeeded(_ exchange: Exchange) -> Bool {
    ![.telemetry, .flags, .update].contains(exchange.purpose) && exchange.endpoint != "paste/new"
      && exchange.protocolName != .bytes && !["10.0.0.1", "2001:db8::1", "*.com"].contains(exchange.destination.host)
      && exchange.method != "g e t" && !exchange.path.contains("..") && !exchange.path.contains("we ird")
  }
}
