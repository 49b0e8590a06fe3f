internal import Evidence
internal import Policy
internal import Testing

@Suite struct PolicyWarningTests {
  /// Two rules, and whether the first leaves anything to the second.
  struct Pair: Sendable, CustomTestStringConvertible {
    let first: String
    let second: String
    /// `nil`: it does.
    let sentence: String?

    init(_ first: String, _ second: String, _ sentence: String? = nil) {
      self.first = first
      self.second = second
      self.sentence = sentence
    }

    var testDescription: String { "\(first) / \(second)" }
  }

  private static let never = "never decides"
  private static let gaps = "only about messages that could not be compared"

  private func warnings(_ pair: Pair) throws -> [String] {
    let yaml = "version: 1\nrules:\n  - {name: one, \(pair.first)}\n  - {name: two, \(pair.second)}\n"
    return try Fixture.policy(yaml).warnings.map(\.description)
  }

  @Test(
    "a rule behind one that answers for all it could is said to decide nothing",
    arguments: [
      Pair("then: block", "when: {destination: a.example.com}, then: allow", never),
      Pair(
        "when: {destination: '*.example.com'}, then: block", "when: {destination: a.b.example.com}, then: allow", never),
      Pair(
        "when: {destination: '*.example.com'}, then: allow",
        "when: {destination: ['*.b.example.com', 'x*.example.com']}, then: ask",
        never),
      Pair(
        "when: {destination: 10.0.0.0/8}, then: block", "when: {destination: ['10.1.0.0/16:443']}, then: allow", never),
      Pair("when: {destination-is: literal}, then: block", "when: {destination: 10.1.0.0/16}, then: allow", never),
      Pair("when: {purpose: [web, model]}, then: ask", "when: {purpose: model, method: POST}, then: allow", never),
      Pair("when: {agent: 'claude-*'}, then: ask", "when: {agent: claude-code, vendor: own}, then: allow", never),
      Pair("when: {bytes: '>1KB'}, then: ask", "when: {bytes: '>=2KB'}, then: allow", never),
      Pair("when: {path: /v1/**}, then: block", "when: {path: ['/v1/a/*', /v1]}, then: block", never),
      Pair("when: {version: '>=2'}, then: block", "when: {version: '>=2 <3'}, then: block", never),
      Pair(
        "when: {time: {days: mon-fri, from: '08:00', to: '18:00'}}, then: ask",
        "when: {time: {days: tue, from: '08:00', to: '18:00'}}, then: allow", never),
      Pair(
        "when: {place: {workspace: '~/a/**'}}, then: ask", "when: {place: {workspace: '~/a/b/**'}}, then: allow", never),
      Pair("when: {class: credential}, then: allow", "when: {class: credential, grade: block}, then: block", never),
      Pair("when: {severity: medium}, then: report", "when: {class: personal, severity: high}, then: block", never),
      Pair(
        "when: {grade: redact}, then: block",
        "when: {class: [personal], grade: block, detector: x, found-in: body}, then: allow", never),
      Pair("when: {paths: 'secrets/**'}, then: block", "when: {paths: secrets/a/*.pem}, then: allow", never),
      Pair("when: {paths: '*.pem'}, then: block", "when: {paths: [secrets/a.pem, '**/b/c?.pem']}, then: ask", never),
      Pair("when: {paths: '**'}, then: allow", "when: {owners: '@a/b', lines: '>5'}, then: allow", never),
      Pair("when: {owners: '@a/*'}, then: block", "when: {owners: '@a/b', paths: x/**}, then: block", never),
      Pair("when: {paths: a/**, lines: '>5'}, then: block", "when: {paths: a/b/**, lines: '>10'}, then: block", never),
      Pair("when: {paths: a/**, lines: '<=9'}, then: allow", "when: {paths: a/**, max-lines: 5}, then: allow", never),
      Pair("when: {paths: a/**}, then: allow", "when: {paths: a/b.c}, then: block", gaps),
      Pair("when: {paths: a/**}, then: ask", "when: {paths: a/b.c}, then: block", gaps),
    ])
  func hidden(pair: Pair) throws {
    let found = try warnings(pair)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("sallyport.yaml:4: 'two' ") == true)
    #expect(found.first?.contains("'one' (line 3)") == true)
    #expect(found.first?.contains(pair.sentence ?? "-") == true, "\(found)")
  }

  @Test(
    "a rule that can still decide is left alone",
    arguments: [
      Pair("when: {destination: a.example.com}, then: block", "then: allow"),
      Pair("when: {destination: '*.example.com'}, then: block", "when: {destination: example.com}, then: allow"),
      Pair("when: {destination: 'a.example.com:443'}, then: block", "when: {destination: a.example.com}, then: allow"),
      Pair("when: {destination: 'x*.example.com'}, then: block", "when: {destination: '*.example.com'}, then: allow"),
      Pair(
        "when: {destination: 'a.*.example.com'}, then: block", "when: {destination: '*.b.example.com'}, then: allow"),
      Pair("when: {purpose: model}, then: ask", "when: {purpose: [model, web]}, then: allow"),
      Pair("then: block", "when: {class: credential}, then: allow"),
      Pair("when: {class: credential}, then: block", "when: {purpose: model}, then: allow"),
      Pair("when: {class: credential, grade: block}, then: block", "when: {class: credential}, then: redact"),
      Pair("when: {severity: high}, then: report", "when: {severity: medium}, then: block"),
      Pair("when: {class: credential, purpose: model}, then: redact", "when: {class: credential}, then: block"),
      Pair("when: {bytes: '>2KB'}, then: ask", "when: {bytes: '>1KB'}, then: block"),
      Pair("when: {path: /v1/*}, then: block", "when: {path: /v1/**}, then: block"),
      Pair("when: {version: '>=2 <3'}, then: block", "when: {version: '>=2'}, then: block"),
      // What is not known applies to the one that stops alone.
      Pair("when: {path: /v1/**}, then: allow", "when: {path: /v1/a}, then: block"),
      Pair("when: {version: '>=2'}, then: allow", "when: {version: '>=2'}, then: block"),
      Pair("when: {owners: '@a/b'}, then: allow", "when: {owners: '@a/b'}, then: block"),
      Pair("when: {paths: /srv/**}, then: allow", "when: {paths: /srv/a}, then: block"),
      Pair("when: {paths: a/b.c}, then: allow", "when: {paths: a/**}, then: block"),
      Pair("when: {paths: docs/*}, then: allow", "when: {paths: docs/a/b.c}, then: allow"),
      Pair("when: {paths: '*.pem'}, then: block", "when: {paths: /srv/a.pem}, then: allow"),
      // A directory's files are not those of a file of that name.
      Pair("when: {paths: a/}, then: allow", "when: {paths: ./a}, then: allow"),
      Pair("when: {paths: a/**, max-lines: 5}, then: allow", "when: {paths: a/**}, then: allow"),
      // Fewer lines of more files are not fewer lines of fewer.
      Pair("when: {paths: a/**, max-lines: 9}, then: allow", "when: {paths: a/b/**, max-lines: 5}, then: allow"),
      Pair("when: {paths: a/b/**, lines: '>5'}, then: block", "when: {paths: a/**, lines: '>10'}, then: block"),
    ])
  func visible(pair: Pair) throws {
    #expect(try warnings(pair) == [])
  }

  @Test("a host that no destination can have, and what wants one, is said with its own line")
  func impossible() throws {
    let long = String(repeating: "a", count: 64)
    let policy = try Fixture.policy(
      """
      version: 1
      rules:
        - name: lan
          when: {destination: [a.example.com,
            "192.168.*"]}
          then: block
        - {name: granted, when: {destination-is: granted}, then: allow}
        - {name: both, when: {destination-is: literal, destination: b.example.com}, then: block}
        - {name: less, when: {destination: c.example.com, bytes: "<0"}, then: block}
      uninspected: [{hosts: ["*.\(long).example.com"], because: It pins.}]
      connect: ["*.example.com:443:127.0.0.1:8443"]
      """)
    #expect(
      policy.warnings.map(\.description) == [
        "sallyport.yaml:5: '192.168.*' never matches: addresses have four numbers; a range is written as 10.0.0.0/8",
        "sallyport.yaml:7: 'granted' never applies: it wants granted destinations, and private-addresses lists none",
        "sallyport.yaml:8: 'both' never applies: it wants a destination given as an address, and lists names only",
        "sallyport.yaml:9: 'less' never applies: no amount is '<0'",
        "sallyport.yaml:10: '*.\(long.prefix(58))…' never matches: a part of a host's name has at most 63 characters",
        "sallyport.yaml:11: '*.example.com:443:127.0.0.1:8443' never matches: connect wants a whole host name, or none for every host",
      ])
    #expect(
      try Fixture.policy("version: 1\nrules: [{name: a, when: {destination: '10.0.0.*'}, then: block}]").warnings
        .isEmpty)
  }

  @Test("a vendor with a star would match none, so it is refused; a pattern that no name of the catalogue has is said")
  func names() throws {
    let known = KnownNames(agents: ["codex"], vendors: ["openai"], endpoints: ["openai/responses"])
    func parse(_ when: String) -> Result<PolicyDocument, PolicyErrors> {
      PolicyDocument.parse("version: 1\nrules: [{name: a, when: {\(when)}, then: block}]", file: "p.yaml", known: known)
    }
    #expect(throws: PolicyErrors.self) { try parse("vendor: 'open*'").get() }
    #expect(try parse("agent: 'cod*', endpoint: openai/*").get().warnings.isEmpty)
    #expect(
      try parse("agent: 'cld*'").get().warnings.map(\.description)
        == ["p.yaml:2: 'cld*' never matches: the catalogue has no such name"])
  }

  @Test("patterns and owners that mean no file are found; what one file matches is not told of")
  func files() throws {
    let owners = try CodeOwners.parse("/auth/ @a/security\n/docs/ @a/docs\n", file: "CODEOWNERS").get()
    let policy = try Fixture.policy(
      """
      version: 1
      rules:
        - {name: keys, when: {paths: ["secrets/**", "*.pem", "~/notes/**", /srv/**]}, then: block}
        - {name: theirs, when: {owners: ["@a/security", "@a/docs"]}, then: ask}
      """
    ).applied(to: owners)
    let place = Question.Place(workspace: "/w", home: "/home/u")
    var search = FilePatternSearch(policy, at: place)
    #expect(Self.see("main.c", &search))
    #expect(Self.see("auth/a.c", &search))
    #expect(
      search.warnings.map(\.description) == [
        "sallyport.yaml:3: 'keys': no file of this workspace matches secrets/** or *.pem yet",
        "sallyport.yaml:4: 'theirs': no file of this workspace belongs to @a/docs yet",
      ])
    #expect(Self.see("deep/a.pem", &search))
    #expect(Self.see("docs/b.md", &search))
    #expect(!Self.see("secrets/x", &search), "nothing is left to look for")
    #expect(search.isDone && search.warnings.isEmpty)
    #expect(FilePatternSearch(.builtIn(.control), at: place).isDone)
  }

  private static func see(_ path: String, _ search: inout FilePatternSearch) -> Bool { search.see(path) }

  @Test("of two random rules, the second is never said to decide nothing where it decides")
  func agreement() throws {
    var source = SeededGenerator(seed: 12)
    var hidden = 0
    for _ in 0..<3000 {
      let (first, second) = (try Self.rule(using: &source), try Self.rule(using: &source))
      let policy = try Fixture.policy("version: 1\nrules:\n  - {name: one, \(first)}\n  - {name: two, \(second)}\n")
      guard policy.warnings.contains(where: { $0.sentence.hasPrefix("'two' never") }) else { continue }
      hidden += 1
      for _ in 0..<60 {
        let steps = policy.explain(try Self.question(using: &source))
        let answers = steps.contains { $0.rule.name == "two" && $0.outcome == .answers }
        #expect(!answers, "\(first) / \(second)")
      }
    }
    #expect(hidden > 100, "else nothing was tried: \(hidden)")
  }

  private static func rule(using source: inout SeededGenerator) throws -> String {
    var when: [String] = []
    func maybe(_ key: String, _ values: [String]) {
      if Bool.random(using: &source) { when.append("\(key): \(values.randomElement(using: &source) ?? "")") }
    }
    maybe("destination", ["a.x.com", "'*.x.com'", "'*.a.x.com'", "'a*.x.com'", "['*.x.com:443', y.com]", "10.0.0.0/8"])
    maybe("path", ["/v1/**", "/v1/*", "/v1/a", "'/**'"])
    switch Int.random(in: 0..<3, using: &source) {
    case 0:
      maybe("class", ["credential", "[credential, personal]"])
      maybe("found-in", ["body", "'*'"])
    case 1:
      when.append(
        "paths: \(["a/**", "a/b/*", "'*.c'", "a/b/x.c", "'**'", "./x.c", "b/", "'**/b/**'", "/w/a/**"].randomElement(using: &source) ?? "")"
      )
      maybe("lines", ["'>2'", "'>4'", "'<=3'"])
    default: break
    }
    let action = ["allow", "report", "ask", "block"].randomElement(using: &source) ?? "block"
    return "when: {\(when.joined(separator: ", "))}, then: \(action)"
  }

  private static func question(using source: inout SeededGenerator) throws -> Question {
    func one(_ values: [String]) -> String { values.randomElement(using: &source) ?? "" }
    var question = Fixture.question(
      purpose: .model, method: "POST", bytes: 90, place: Question.Place(workspace: "/w", home: "/home/u"))
    question.destination = Destination(
      host: one(["a.x.com", "b.x.com", "c.a.x.com", "y.com", "10.1.2.3", "x.com"]), port: 443)
    question.path = one(["/v1/a", "/v1/b/c", "/v1/../x", "/", "/v1"])
    question.findings = [
      Fixture.finding(Bool.random(using: &source) ? .credential : .personal, .block, detector: "d")
    ]
    let paths = ["a/b/x.c", "a/y.c", "x.c", "b/z", "deep/a/b/q", "/w2/x.c"].filter { _ in Bool.random(using: &source) }
    question.attributed = Attributed(
      sources: try paths.map { try Fixture.source("\($0):1-\(Int.random(in: 1...3, using: &source))") }, share: 1)
    return question
  }
}
