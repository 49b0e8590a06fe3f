internal import Documents
internal import Evidence
internal import Patterns
internal import Policy
internal import Testing

@Suite struct PolicyParsingTests {
  @Test("a wrong word names file, line, what was expected and the nearest right word")
  func wrongWord() {
    let problems = Fixture.problems(
      """
      version: 1
      rules:
        - name: a
          when:
            purpose: [model, telemetri]
          then: blok
      """)
    #expect(
      problems == [
        "p.yaml:5: 'telemetri': expected a purpose: model, telemetry, flags, update, auth, registry, config, web or unknown; did you mean 'telemetry'?",
        "p.yaml:6: 'blok': expected an action: allow, report, redact, ask or block; did you mean 'block'?",
      ])
  }

  @Test("all problems are reported at once, in the order of the file")
  func allProblems() {
    let problems = Fixture.problems(
      """
      version: 2
      postur: control
      rules:
        - name: one
          when: {destinaton: a.example.com, bytes: "many", version: "new"}
          then: block
        - then: allow
        - name: one
          then: allow
      uninspected:
        - hosts: [a.example.com]
      limits: {body-memory: lots}
      ask-timeout: soon
      """)
    let lines = problems.compactMap { $0.split(separator: ":").dropFirst().first.flatMap { Int($0) } }
    #expect(lines == [1, 2, 5, 5, 5, 7, 8, 11, 12, 13].map { $0 }.sorted() || lines.count == 10)
    #expect(lines == lines.sorted())
    #expect(problems.contains { $0.contains("did you mean 'posture'?") })
    #expect(problems.contains { $0.contains("did you mean 'destination'?") })
    #expect(problems.contains { $0.contains("'because'") })
  }

  @Test("a bare star is explained, because YAML's own words for it help nobody")
  func bareStar() {
    let problems = Fixture.problems(
      "version: 1\nrules:\n  - {name: a, when: {destination: *.example.com}, then: allow}\n")
    #expect(problems == ["p.yaml:3: a bare '*' or '&': expected the pattern in quotes, as in \"*.example.com\""])
  }

  @Test("a key given twice is refused, because readers disagree on which one counts")
  func duplicateKey() {
    let problems = Fixture.problems("version: 1\nposture: ban\nposture: control\n")
    #expect(problems.count == 1)
    #expect(problems[0].contains("'posture' more than once"))
  }

  @Test("a policy that is empty, a list, too large, too deep or several documents is refused")
  func wrongShapes() {
    let deep = String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
    let texts = [
      "", "# nothing\n", "- a\n", "version: 1\n---\nversion: 1\n", "version: 1\nrules: \(deep)\n", "a: \u{0}\n",
      "version: 1\n#" + String(repeating: "x", count: 1 << 20), "version: 1\nrules: {a: 1}\n", "? [a]\n: 1\n",
      "version: 1\nrules: \(String(repeating: "[", count: 5000))\n",
    ]
    for text in texts { #expect(!Fixture.problems(text).isEmpty, "\(text.prefix(30))") }
  }

  @Test("an alias bomb is refused before it is unfolded")
  func aliasBomb() {
    var yaml = "a0: &a0 [x, x]\n"
    for level in 1...40 { yaml += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    yaml += "? *a40\n: 1\n"
    let problems = Fixture.problems(yaml)
    #expect(problems.count == 1)
    #expect(problems[0].hasPrefix("p.yaml:2: YAML anchors and aliases"))
  }

  @Test("a reason, which every entry repeats, holds no control characters")
  func controlCharacters() {
    let yaml = "version: 1\nrules:\n  - {name: \"a\\e[2J\", then: block, because: \"x\\u202e\"}\n"
    let problems = Fixture.problems(yaml)
    #expect(problems.count == 2)
    #expect(problems.allSatisfy { !$0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202e } })
  }

  @Test("a secret for every host, a wildcard without reason and a climbing path are refused")
  func dangerousSettings() {
    #expect(!Fixture.problems("version: 1\nsecrets: [{name: A, hosts: ['*']}]\n").isEmpty)
    #expect(!Fixture.problems("version: 1\nuninspected: [{hosts: ['*'], because: x}]\n").isEmpty)
    #expect(!Fixture.problems("version: 1\nuninspected: [{hosts: [a.example.com]}]\n").isEmpty)
    #expect(!Fixture.problems("version: 1\nprivate-addresses: ['*']\n").isEmpty)
    #expect(!Fixture.problems("version: 1\nfiles: {read: ['~/work/../.ssh']}\n").isEmpty)
    #expect(!Fixture.problems("version: 1\nfiles: {read: [.ssh]}\n").isEmpty)
  }

  @Test("opaque bytes cannot be redacted, and a rule that asks for it is refused")
  func redactOpaque() {
    let problems = Fixture.problems("version: 1\nrules: [{name: a, when: {class: opaque}, then: redact}]\n")
    #expect(problems.count == 1)
  }

  @Test("names of the catalogue are checked where they are given")
  func knownNames() {
    let known = KnownNames(agents: ["claude-code", "codex"], vendors: ["anthropic"], endpoints: ["anthropic/messages"])
    let yaml = """
      version: 1
      rules:
        - {name: a, when: {agent: claude-cod, vendor: antropic, endpoint: anthropic/mesages}, then: block}
        - {name: b, when: {agent: "c*", vendor: own, endpoint: "anthropic/*"}, then: block}
      """
    guard case .failure(let errors) = PolicyDocument.parse(yaml, file: "p.yaml", known: known) else {
      Issue.record("three wrong names were taken")
      return
    }
    #expect(errors.problems.map(\.nearest) == ["claude-code", "anthropic/messages", "anthropic"])
  }

  @Test("every setting arrives")
  func settings() throws {
    let policy = try Fixture.policy(
      """
      version: 1
      posture: partner
      uninspected: [{hosts: ["*.pinned.example.com"], because: It pins., agent: codex}]
      files: {read: ["~/.gitconfig"], write: [/srv/cache]}
      secrets: [{name: MY_KEY, hosts: [api.example.com]}]
      connect: ["API.example.com:443:127.0.0.1:8443", "::[::1]:80", "b.example.com:443:/run/s.sock"]
      upstream-ca: [ca.pem]
      private-addresses: [10.0.0.0/8, llm.corp.example]
      limits: {body-memory: 64MiB, idle-timeout: 30s, streams: 200}
      durability: disk
      ask-timeout: 5m
      own-code: everywhere
      """)
    #expect(policy.posture == .partner)
    #expect(policy.files == FileGrants(read: ["~/.gitconfig"], write: ["/srv/cache"]))
    #expect(policy.secrets.map(\.name) == ["MY_KEY"])
    #expect(policy.connect.map(\.host) == ["api.example.com", nil, "b.example.com"])
    #expect(policy.connect.map(\.port) == [443, nil, 443])
    #expect(
      policy.connect.map(\.target) == [
        .address(host: "127.0.0.1", port: 8443), .address(host: "::1", port: 80), .socket(path: "/run/s.sock"),
      ])
    #expect(policy.upstreamAuthorities == ["ca.pem"])
    #expect(policy.privateAddresses.map(\.text) == ["10.0.0.0/8", "llm.corp.example"])
    #expect(policy.limits.bytes(.bodyMemory) == 64 << 20)
    #expect(policy.limits.duration(.idleTimeout) == .seconds(30))
    #expect(policy.limits.count(.streams) == 200)
    #expect(policy.limits.bytes(.bodyDisk) == nil)
    #expect(policy.durability == .disk)
    #expect(policy.ownCode == .everywhere)
    #expect(policy.askTimeout == .seconds(300))
  }

  @Test(
    "the built-in postures parse, name their own lines, and end with a rule for everything", arguments: Posture.allCases
  )
  func builtIn(_ posture: Posture) throws {
    let policy = PolicyDocument.builtIn(posture)
    let lines = BuiltInPosture.text(of: posture).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(policy.rules.count >= 10)
    for rule in policy.rules {
      #expect(rule.place.file == "built-in:\(posture.rawValue)")
      #expect(lines[rule.place.line - 1].contains("name: \(rule.name)"))
    }
    let reread = try Fixture.policy(BuiltInPosture.text(of: posture))
    #expect(reread.rules.count == 2 * policy.rules.count)
    #expect(policy.decide(Fixture.question(method: "PATCH", bytes: 9)).rule.name != "nothing allows it")
  }

  @Test("the generated files parse clean and keep their posture", arguments: Posture.allCases)
  func templates(_ posture: Posture) throws {
    let text = PolicyTemplate.text(for: posture, schema: "x.json\nposture: ban")
    let policy = try Fixture.policy(text)
    #expect(policy.posture == posture)
    #expect(policy.rules.count == PolicyDocument.builtIn(posture).rules.count)
    // The examples are right too: without their comment signs the file still parses.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let active = lines.map { line in
      line.hasPrefix("  # ") ? "  " + line.dropFirst(4) : line.hasPrefix("#  ") ? " " + line.dropFirst(1) : String(line)
    }
    let uncommented = try Fixture.policy(active.joined(separator: "\n"))
    #expect(uncommented.rules.count > policy.rules.count)
    #expect(uncommented.secrets.count == 1 && uncommented.uninspected.count == 1)
  }
}

@Suite("Hosts that a setting takes")
struct PolicyHostTests {
  private func isSound(_ setting: String) -> Bool {
    if case .success = PolicyDocument.parse("version: 1\n\(setting)\n", file: "sallyport.yaml") { true } else { false }
  }

  @Test(
    "a private address is one that a connection can be granted by",
    arguments: [
      ("10.20.0.0/16", true), ("10.1.2.3", true), ("fd00::/8", true), ("llm.example.internal", true), ("*", false),
      ("*.example.internal", false), ("llm.example.internal:8443", false), ("0.0.0.0/0", false), ("::/0", false),
    ])
  func privateAddress(host: String, isTaken: Bool) {
    #expect(isSound("private-addresses: [\"\(host)\"]") == isTaken)
  }

  @Test(
    "a secret's host is one owner's",
    arguments: [("a.example.com", true), ("*.example.com", true), ("*.com", false), ("*", false), ("*.*", false)])
  func secret(host: String, isTaken: Bool) {
    #expect(isSound("secrets: [{name: A, hosts: [\"\(host)\"]}]") == isTaken)
  }

  @Test(
    "what is left uninspected is never every host",
    arguments: [("*.example.com", true), ("*.internal", true), ("*", false), ("*.*", false), ("0.0.0.0/0", false)])
  func uninspected(host: String, isTaken: Bool) {
    #expect(isSound("uninspected: [{hosts: [\"\(host)\"], because: It pins.}]") == isTaken)
  }
}
