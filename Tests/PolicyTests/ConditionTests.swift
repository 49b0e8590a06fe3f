internal import Evidence
internal import Policy
internal import Testing

@Suite struct ConditionTests {
  struct Case: CustomTestStringConvertible {
    let when: String
    let question: Question
    let matches: Bool
    var testDescription: String { when + (matches ? "" : " does not match") }
  }

  static func time(_ text: String) -> Timestamp {
    // 2026-11-16 was a Monday; "mon 07:59" is counted from its midnight in UTC.
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    let parts = text.split(separator: " ")
    let clock = parts[1].split(separator: ":").compactMap { Int64($0) }
    let day = Int64(days.firstIndex(of: String(parts[0])) ?? 0)
    return Timestamp(
      millisecondsSinceEpoch: 1_794_787_200_000 + day * 86_400_000 + clock[0] * 3_600_000 + clock[1] * 60_000)
  }

  static let cases: [Case] = {
    func yes(_ when: String, _ question: Question) -> Case { Case(when: when, question: question, matches: true) }
    func no(_ when: String, _ question: Question) -> Case { Case(when: when, question: question, matches: false) }
    let version = { Fixture.question(agent: Agent(id: "claude-code", version: $0)) }
    let at = { Fixture.question(time: time($0)) }
    let work = "time: {days: mon-fri, from: '08:00', to: '18:00', zone: Europe/Berlin}"
    let night = "time: {days: fri, from: '22:00', to: '06:00'}"
    let home = { Fixture.question(place: Question.Place(workspace: $0, hostname: "build-7", home: "/home/a")) }
    return [
      yes("agent: [codex, claude-code]", version("1")), no("agent: codex", version("1")),
      yes("agent: 'claude-*'", version("1")),
      yes("version: '>=2.1'", version("2.1.329 (Claude Code)")), no("version: '>=2.1'", version("2.0.99")),
      yes("version: '>=2.1 <3'", version("v2.10")), no("version: '>=2.1, <3'", version("3.0")),
      yes("version: '2.1'", version("2.1.7")), no("version: '2.1'", version("2.11")),
      yes("version: '=2.1.0'", version("2.1")),
      yes("version: '> 2.1'", version("2.1.1")), yes("version: '<=2.1'", version("2.1.0")),
      yes("destination: '*.anthropic.com'", Fixture.question()),
      no("destination: '*.api.anthropic.com'", Fixture.question()),
      no("destination: anthropic.com", Fixture.question()),
      yes("destination: 'api.anthropic.com:443'", Fixture.question()),
      no("destination: 'api.anthropic.com:8443'", Fixture.question()),
      yes("destination: 'API.Anthropic.com.'", Fixture.question()),
      yes("destination: 10.0.0.0/8", Fixture.question(host: "10.9.9.9")),
      no("destination: 10.0.0.0/8", Fixture.question(host: "11.0.0.1")),
      yes("destination: 127.0.0.0/8", Fixture.question(host: "0x7f000001")),
      yes("destination: '2001:db8::/32'", Fixture.question(host: "2001:db8::7")),
      yes("destination: '10.0.0.1'", Fixture.question(host: "::ffff:10.0.0.1")),
      yes("destination: 'q.*.amazonaws.com'", Fixture.question(host: "q.eu-west-1.amazonaws.com")),
      no("destination: 'q.*.amazonaws.com'", Fixture.question(host: "q.a.b.amazonaws.com")),
      no("destination: 10.0.0.0/8", Fixture.question(host: "10.0.0.1.example.com")),
      yes("endpoint: 'anthropic/*'", Fixture.question(endpoint: "anthropic/messages")),
      no("endpoint: 'anthropic/*'", Fixture.question()),
      yes("vendor: anthropic", Fixture.question(endpoint: "anthropic/messages")),
      no("vendor: own", Fixture.question(endpoint: "anthropic/messages")),
      yes("vendor: own", Fixture.question(endpoint: "anthropic/messages", isOwnVendor: true)),
      yes("vendor: own", Fixture.question(isOwnVendor: true)),
      yes("method: [PUT, POST]", Fixture.question(method: "POST")),
      no("method: BYTES", Fixture.question(method: "BYTES", protocolName: .bytes)),
      no("path: /", Fixture.question(method: "BYTES", protocolName: .bytes)),
      no("method: POST", Fixture.question(method: "post")),
      yes("path: /v1/**", Fixture.question(path: "/v1/messages?beta=true")),
      yes("path: /v1/**", Fixture.question(path: "/v1")),
      no("path: /v1/*", Fixture.question(path: "/v1/a/b")),
      yes("path: /v1/messages", Fixture.question(path: "/v1/%6dessages")),
      no("path: /v1/**", Fixture.question(path: "/v1/../admin")),
      no("path: /v1/**", Fixture.question(path: "/v1/%2e%2e/admin")),
      no("path: /v1/**", Fixture.question(path: "/v1/..%2fadmin")),
      no("path: /v1/**", Fixture.question(path: "//v1/x")),
      yes(
        "path: '/*/info/refs?service=git-receive-pack'",
        Fixture.question(path: "/r/info/refs?a=1&service=git%2Dreceive-pack")),
      no(
        "path: '/*/info/refs?service=git-receive-pack'", Fixture.question(path: "/r/info/refs?service=git-upload-pack")),
      yes("protocol: h2", Fixture.question(protocolName: .http2)), no("protocol: [h2, websocket]", Fixture.question()),
      yes("bytes: '>1MB'", Fixture.question(bytes: 1_000_001)), no("bytes: '>1MB'", Fixture.question(bytes: 1_000_000)),
      yes("bytes: 0", Fixture.question()),
      yes("bytes: '<=4KiB'", Fixture.question(bytes: 4096)),
      yes("target: '>3B'", Fixture.question(path: "/abc")), no("target: '>4'", Fixture.question(path: "/abc")),
      yes(work, at("mon 07:00")), no(work, at("mon 06:59")), no(work, at("mon 17:00")), yes(work, at("fri 16:59")),
      no(work, at("sat 10:00")),
      yes(night, at("fri 23:00")), yes(night, at("sat 05:59")), no(night, at("sat 06:00")), no(night, at("fri 05:00")),
      no(night, at("sat 22:00")),
      yes("time: {days: [sat, sun-mon]}", at("mon 10:00")), no("time: {days: [sat, sun-mon]}", at("tue 10:00")),
      yes("time: {from: '10:00', to: '11:00', zone: '+02:00'}", at("tue 08:30")),
      yes("time: [{days: wed}, {days: tue}]", at("tue 08:30")),
      yes("place: {workspace: '~/work/**'}", home("/home/a/work/x")),
      yes("place: {workspace: '~/work/**'}", home("/home/a/work")),
      no("place: {workspace: '~/work/**'}", home("/home/ab/work/x")),
      no("place: {workspace: '~/work/**'}", home("/home/a/workshop")),
      yes("place: {workspace: /srv/*, host: 'build-*'}", home("/srv/x")),
      no("place: {host: 'laptop-*'}", home("/srv/x")),
    ]
  }()

  @Test("each condition matches what it should and nothing else", arguments: cases)
  func condition(_ c: Case) throws {
    let policy = try Fixture.policy("version: 1\nrules:\n  - name: the rule\n    when: {\(c.when)}\n    then: allow\n")
    #expect((policy.decide(c.question).rule.name == "the rule") == c.matches)
  }

  @Test("a severity is asked for as that or worse")
  func severity() throws {
    let policy = try Fixture.policy(
      "version: 1\nrules:\n  - name: the rule\n    when: {class: personal, severity: high}\n    then: ask\n")
    func decides(_ severity: Severity?) -> Bool {
      let finding = Fixture.finding(.personal, .redact, severity: severity)
      return policy.decide(Fixture.question(isOwnVendor: true, purpose: .model, findings: [finding])).rule.name
        == "the rule"
    }
    #expect(decides(.critical))
    #expect(decides(.high))
    #expect(decides(nil))
    #expect(!decides(.medium))
    #expect(!decides(.low))
    let low = Fixture.finding(.personal, .redact, severity: .low)
    let steps = policy.explain(Fixture.question(isOwnVendor: true, purpose: .model, findings: [low]))
    #expect(steps.description.contains("severity is low, below high"))
  }

  @Test("a finding condition asks class, grade, detector and place")
  func findings() throws {
    let policy = try Fixture.policy(
      """
      version: 1
      rules:
        - name: the rule
          when: {class: [personal, financial], grade: redact, detector: "iban*", found-in: ["header:*", body]}
          then: block
      """)
    func decides(_ finding: Finding) -> Bool {
      policy.decide(Fixture.question(isOwnVendor: true, purpose: .model, findings: [finding])).rule.name == "the rule"
    }
    #expect(decides(Fixture.finding(.financial, .redact, detector: "iban-de")))
    #expect(decides(Fixture.finding(.personal, .block, detector: "iban", place: .header("x"))))
    #expect(!decides(Fixture.finding(.credential, .block, detector: "iban")))
    #expect(!decides(Fixture.finding(.financial, .note, detector: "iban")))
    #expect(!decides(Fixture.finding(.financial, .block, detector: "visa")))
    #expect(!decides(Fixture.finding(.financial, .block, detector: "iban", place: .requestTarget)))
  }
}
