internal import Evidence
internal import Policy
internal import Testing

@Suite struct PolicyPropertyTests {
  private static let pool = [
    "purpose: [telemetry, unknown]", "purpose: model", "agent: codex", "destination: '*.example.com'", "path: /v1/**",
    "class: credential", "class: [opaque, canary]", "grade: redact", "vendor: own", "method: [GET]", "bytes: '>10'",
    "protocol: [h2, dns]", "version: '>=2'", "destination-is: literal", "time: {days: mon-fri}", "found-in: body",
    "paths: [secrets/**, '*.pem']", "paths: '~/notes/**'", "owners: '@a/b'", "lines: '>20'", "lines: '<=20'",
    "share: '>50%'",
  ]

  static func randomPolicy(_ source: inout SeededGenerator) -> String {
    var yaml = "version: 1\nposture: \(Posture.allCases.randomElement(using: &source)?.rawValue ?? "ban")\nrules:\n"
    for index in 0..<Int.random(in: 0...6, using: &source) {
      let conditions = pool.shuffled(using: &source).prefix(Int.random(in: 0...3, using: &source))
      var seen: Set<Substring> = []
      var distinct = conditions.filter { seen.insert($0.split(separator: ":")[0]).inserted }
      let isAboutFiles = distinct.contains {
        ["paths", "owners", "lines", "share"].contains($0.split(separator: ":")[0])
      }
      if isAboutFiles {
        distinct.removeAll { ["class", "grade", "found-in"].contains($0.split(separator: ":")[0]) }
      }
      let action = ["allow", "report", "ask", "block"].randomElement(using: &source) ?? "block"
      yaml += "  - {name: r\(index), when: {\(distinct.joined(separator: ", "))}, then: \(action)}\n"
    }
    return yaml
  }

  static func randomQuestion(_ source: inout SeededGenerator) -> Question {
    let findings = (0..<Int.random(in: 0...4, using: &source)).map { _ in
      Fixture.finding(
        DataClass.allCases.randomElement(using: &source) ?? .opaque,
        Grade.allCases.randomElement(using: &source) ?? .note,
        place: [.body, .header("authorization"), .requestTarget, .domainName].randomElement(using: &source) ?? .body)
    }
    var question = Fixture.question(
      agent: Agent(
        id: ["codex", "aider", "unknown"].randomElement(using: &source) ?? "",
        version: [nil, "1.9", "2.3"].randomElement(using: &source) ?? nil),
      host: ["a.example.com", "api.openai.com", "10.1.2.3", "*.com", "we ird", "2001:db8::1"].randomElement(
        using: &source) ?? "",
      port: [443, 22].randomElement(using: &source) ?? 443,
      endpoint: [nil, "openai/responses", "dns-over-https/query"].randomElement(using: &source) ?? nil,
      isOwnVendor: Bool.random(using: &source), purpose: Purpose.allCases.randomElement(using: &source) ?? .unknown,
      method: ["GET", "POST"].randomElement(using: &source) ?? "GET",
      path: ["/", "/v1/x?y=1", "/v1/../x", "", "*"].randomElement(using: &source) ?? "/",
      protocolName: Exchange.ProtocolName.allCases.randomElement(using: &source) ?? .http1, findings: findings,
      bytes: [0, 5, 50].randomElement(using: &source) ?? 0,
      place: [Question.Place(), Question.Place(workspace: "/w", home: "/h")].randomElement(using: &source)
        ?? Question.Place(),
      answer: [nil, nil, .yes, .no, .silence].randomElement(using: &source) ?? nil)
    question.attributed = randomAttributed(&source)
    question.sentLines = SentLineCounts(base: [0, 19, 40].randomElement(using: &source) ?? 0)
    return question
  }

  static func randomAttributed(_ source: inout SeededGenerator) -> Attributed {
    let sources = (0..<Int.random(in: 0...4, using: &source)).map { _ in
      let start = Int.random(in: 1...30, using: &source)
      return SourceRange(
        path: ["main.c", "secrets/a.pem", "/h/notes/x y*?", "/etc/passwd", "~odd/\u{7}`\"\\.c"].randomElement(
          using: &source) ?? "", startLine: start, endLine: start + Int.random(in: 0...30, using: &source),
        bytes: Int.random(in: 0...900, using: &source), isFirstSent: Bool.random(using: &source))
    }
    return Attributed(
      sources: sources, share: [0, 0.4, 1].randomElement(using: &source) ?? 0,
      gap: [nil, nil, nil, .off, .indexing, .filesLeftOut].randomElement(using: &source) ?? nil)
  }

  @Test("explain names exactly one deciding step, and it is what decide says")
  func explainAgrees() throws {
    var source = SeededGenerator(seed: 7)
    for _ in 0..<600 {
      let policy = try Fixture.policy(Self.randomPolicy(&source))
      let question = Self.randomQuestion(&source)
      let decision = policy.decide(question)
      let deciding = policy.explain(question).filter(\.decides)
      #expect(deciding.count == 1)
      #expect(deciding.first?.rule == decision.rule)
      let isRedactWithout = deciding.first?.action == .redact && question.findings.isEmpty
      #expect(deciding.first?.action == decision.action || isRedactWithout)
    }
  }

  @Test("one more finding never makes a decision milder")
  func monotone() throws {
    let order: [Action] = [.allow, .report, .redact, .ask, .block]
    var source = SeededGenerator(seed: 8)
    for _ in 0..<600 {
      let policy = try Fixture.policy(Self.randomPolicy(&source))
      var question = Self.randomQuestion(&source)
      let before = order.firstIndex(of: policy.decide(question).action) ?? 0
      question.findings.append(Fixture.finding(DataClass.allCases.randomElement(using: &source) ?? .opaque))
      let after = order.firstIndex(of: policy.decide(question).action) ?? 0
      #expect(after >= before)
    }
  }

  @Test("one more file, or a gap in what is known of them, never makes a decision milder")
  func monotoneInFiles() throws {
    let order: [Action] = [.allow, .report, .redact, .ask, .block]
    var source = SeededGenerator(seed: 12)
    for _ in 0..<600 {
      // With amounts one more file can take another under a bound, so only rules without them are monotone.
      let yaml = Self.randomPolicy(&source)
      guard !yaml.contains("lines:"), !yaml.contains("share:") else { continue }
      let policy = try Fixture.policy(yaml)
      var question = Self.randomQuestion(&source)
      question.attributed.gap = nil
      let before = order.firstIndex(of: policy.decide(question).action) ?? 0
      question.attributed.sources.append(
        SourceRange(path: "secrets/b", startLine: 1, endLine: 2, bytes: 9, isFirstSent: true))
      let after = order.firstIndex(of: policy.decide(question).action) ?? 0
      #expect(after >= before)
      question.attributed.gap = .indexing
      #expect(order.firstIndex(of: policy.decide(question).action) ?? 0 >= after)
    }
  }

  @Test("the lines that a remedy offers parse, and let the message through")
  func remediesWork() throws {
    var source = SeededGenerator(seed: 9)
    var tried = 0
    for _ in 0..<800 {
      let yaml = Self.randomPolicy(&source)
      let policy = try Fixture.policy(yaml)
      var question = Self.randomQuestion(&source)
      question.answer = nil
      // What was not compared can be let through by no rule.
      question.attributed.gap = nil
      let decision = policy.decide(question)
      guard [.block, .ask, .redact].contains(decision.action) else {
        #expect(decision.remedy.isEmpty)
        continue
      }
      #expect(!decision.remedy.isEmpty)
      let quotes = decision.remedy.split(separator: "`", omittingEmptySubsequences: false)
      let lines = quotes.indices.filter { $0 % 2 == 1 }.map { String(quotes[$0]) }
      if decision.remedy.hasPrefix("No rule can name") { continue }
      tried += 1
      let rules = lines.filter { $0.hasPrefix("- {") }.map { "  \($0)\n" }.joined()
      let settings = lines.filter { $0.hasPrefix("private-addresses:") || $0.hasPrefix("uninspected:") }.map {
        "\($0)\n"
      }
      let changed = yaml.replacing("rules:\n", with: "rules:\n" + rules) + settings.joined()
      let after = try Fixture.policy(changed).decide(question)
      #expect([.allow, .report].contains(after.action), "\(decision.remedy) still \(after.action): \(after.rule)")
    }
    #expect(tried > 200)
  }

  @Test("no bytes make the parser crash, whatever was done to a good file")
  func garbage() {
    var source = SeededGenerator(seed: 10)
    let good = Array((PolicyTemplate.text(for: .control) + BuiltInPosture.text(of: .partner)).utf8)
    let spice = Array("&*!|>'\"%@`{}[]:,#?-\n\t ~".utf8) + [0, 0xff, 0xc3, 0xef, 0xbb, 0xbf]
    for _ in 0..<400 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...20, using: &source) {
        let position = Int.random(in: 0..<bytes.count, using: &source)
        switch Int.random(in: 0..<4, using: &source) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &source)
        case 1: bytes.insert(spice.randomElement(using: &source) ?? 0, at: position)
        case 2: bytes.removeSubrange(position..<min(bytes.count, position + Int.random(in: 1...40, using: &source)))
        default: bytes.insert(contentsOf: bytes[position..<min(bytes.count, position + 60)], at: 0)
        }
        if bytes.isEmpty { bytes = [0x3a] }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      if case .failure(let errors) = PolicyDocument.parse(text, file: "p") { #expect(!errors.problems.isEmpty) }
    }
    for length in 0..<300 {
      let bytes = (0..<length).map { _ in
        Bool.random(using: &source)
          ? spice.randomElement(using: &source) ?? 0 : UInt8.random(in: 0...255, using: &source)
      }
      _ = PolicyDocument.parse(String(decoding: bytes, as: UTF8.self), file: "p")
    }
  }

  @Test("no question makes a decision crash")
  func hostileQuestions() {
    var source = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      var question = Self.randomQuestion(&source)
      let noise = (0..<Int.random(in: 0..<60, using: &source)).map { _ in UInt8.random(in: 0...255, using: &source) }
      question.path = String(decoding: noise, as: UTF8.self)
      question.destination = Destination(host: String(decoding: noise.reversed(), as: UTF8.self), port: 0)
      question.method = String(decoding: noise.prefix(5), as: UTF8.self)
      question.time = Timestamp(millisecondsSinceEpoch: Int64.random(in: -1 << 50...1 << 50, using: &source))
      for posture in Posture.allCases {
        _ = PolicyDocument.builtIn(posture).decide(question)
        _ = PolicyDocument.builtIn(posture).explain(question)
      }
    }
  }

  @Test("a thousand rules and a thousand findings are answered at once")
  func bounded() throws {
    var yaml = "version: 1\nrules:\n"
    for index in 0..<1000 {
      yaml += "  - {name: r\(index), when: {destination: 'h\(index).example.com', class: personal}, then: block}\n"
    }
    let policy = try Fixture.policy(yaml)
    let findings = (0..<1000).map { Fixture.finding(.personal, detector: "d\($0)") }
    let question = Fixture.question(isOwnVendor: true, purpose: .model, findings: findings)
    let duration = ContinuousClock().measure { _ = policy.decide(question) }
    #expect(duration < .seconds(2))
  }
}
