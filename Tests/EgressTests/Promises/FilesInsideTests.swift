internal import Enforcement
internal import Evidence
internal import Ledger
internal import NIOCore
internal import Testing

@testable internal import Egress
@testable internal import Wire

/// For every request: which lines of which files are inside it.
@Suite(.serialized, .timeLimit(.minutes(2))) struct FilesInsideTests {
  /// Twelve lines that say something each.
  private static let source = (1...12).map { "let value\($0) = compute(\($0), from: table[\($0 * 7)])" }
  private static let text = source.joined(separator: "\n") + "\n"

  private static func prompt(_ lines: ClosedRange<Int>) -> String {
    let shown = lines.map { "  \($0)\\t\(source[$0 - 1])" }.joined(separator: "\\n")
    return #"{"messages":[{"role":"user","content":"\#(shown)"}]}"#
  }

  private static func post(_ body: String, to host: String = "server.test") -> String {
    "POST http://\(host)/v1 HTTP/1.1\r\nHost: \(host)\r\nContent-Type: application/json\r\n"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  private func harness(_ configure: (inout DoorHarness.Options) -> Void = { _ in }) async throws -> DoorHarness {
    try await DoorHarness { options in
      options.files = ["src/values.swift": Self.text]
      configure(&options)
    }
  }

  private func say(_ body: String, to harness: DoorHarness, _ host: String = "server.test") async throws -> Int {
    let client = try await harness.client()
    client.send(Self.post(body, to: host))
    return try await client.answer().status
  }

  @Test("the lines in a request are named before it leaves, and are in its ledger entry")
  func named() async throws {
    let harness = try await harness()
    #expect(try await say(Self.prompt(3...9), to: harness) == 200)
    let attributed = try #require(harness.journal.exchanges.first).attributed
    #expect(attributed.gap == nil)
    #expect(attributed.sources.map(\.path) == ["src/values.swift"])
    #expect(attributed.sources.map { [$0.startLine, $0.endLine] } == [[3, 9]])
    #expect(attributed.sources.map(\.isFirstSent) == [true])
    #expect(attributed.share > 0.5 && attributed.share <= 1)
    let recorded = try harness.everythingRecorded()
    #expect(recorded.contains(#""sources":[{"firstSent":7,"lines":[[3,9]],"path":"src/values.swift","version":1}]"#))
    #expect(!recorded.contains("compute("))
  }

  @Test("the first request waits for the files to be read, however many there are")
  func waits() async throws {
    let harness = try await harness { options in
      for number in 0..<2000 {
        options.files["other/\(number).txt"] = (0..<50).map { "other line \(number) \($0 * 31)\n" }.joined()
      }
    }
    #expect(try await say(Self.prompt(1...12), to: harness) == 200)
    let attributed = try #require(harness.journal.exchanges.first).attributed
    #expect(attributed.sources.map(\.lineCount) == [12])
    #expect(attributed.gap == nil)
  }

  @Test("what is repeated is no news, and each destination counts for itself")
  func repeats() async throws {
    let harness = try await harness()
    _ = try await say(Self.prompt(1...6), to: harness)
    _ = try await say(Self.prompt(1...12), to: harness)
    _ = try await say(Self.prompt(1...6), to: harness, "other.test")
    let sources = harness.journal.exchanges.map(\.attributed.sources)
    #expect(sources[0].map(\.isFirstSent) == [true])
    #expect(sources[1].map { [$0.startLine, $0.endLine] } == [[1, 6], [7, 12]])
    #expect(sources[1].map(\.isFirstSent) == [false, true])
    #expect(sources[2].map(\.isFirstSent) == [true])
  }

  @Test("what was blocked has not been sent")
  func blocked() async throws {
    let harness = try await harness { options in
      options.rules =
        "  - {name: shut, when: {destination: server.test, bytes: '>500'}, then: block}\n" + options.rules
    }
    #expect(try await say(Self.prompt(1...12), to: harness) == 403)
    #expect(try await say(Self.prompt(1...5), to: harness) == 200)
    let sources = harness.journal.exchanges.map(\.attributed.sources)
    #expect(sources[0].map(\.lineCount) == [12])
    #expect(sources[1].map(\.isFirstSent) == [true])
  }

  @Test("the same lines in requests at the same time are first sent by one of them")
  func atOnce() async throws {
    let harness = try await harness()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<16 {
        group.addTask { _ = try await say(Self.prompt(1...12), to: harness) }
      }
      try await group.waitForAll()
    }
    let first = harness.journal.exchanges.flatMap(\.attributed.sources).filter(\.isFirstSent)
    #expect(first.reduce(0) { $0 + $1.lineCount } == 12)
  }

  @Test("a line that is cut out of has not left whole")
  func redacted() async throws {
    let secret = "rw_" + "abcdefghijklmnopqrstuvwx"
    let harness = try await harness { options in
      options.files["src/keys.swift"] = """
        let name = "a configuration that is read at start-up"
        let token = "\(secret)"
        let address = "where the service listens for requests"
        let limit = "how many requests are served at a time"
        let again = "how long to wait before the next attempt"
        """
      options.rules = "  - {name: cut, when: {class: credential}, then: redact}\n" + options.rules
    }
    let text = try #require(try? harness.fileText("src/keys.swift")).replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n")
    #expect(try await say(#"{"content":"\#(text)"}"#, to: harness) == 200)
    let exchange = try #require(harness.journal.exchanges.first)
    #expect(exchange.decision.action == .redact)
    #expect(!String(decoding: harness.upstream.memory.now.rawBytes, as: UTF8.self).contains(secret))
    let whole = exchange.attributed.sources.flatMap { source in
      (source.startLine + (source.startColumn == nil ? 0 : 1))..<(source.endLine + (source.endColumn == nil ? 1 : 0))
    }
    #expect(!whole.contains(2))
    #expect(Set(whole).isSuperset(of: 3...5))
  }

  @Test("pieces of one request are one message: what the first piece held is no repeat in the second")
  func pieces() async throws {
    let harness = try await harness { $0.upstream = .http2 }
    let client = try await harness.http2()
    let stream = try await client.open(
      HTTP2Client.post("/chat.Chat/Talk") + [("content-type", "application/grpc"), ("te", "trailers")])
    let half = Self.source[..<6].joined(separator: "\n") + "\n"
    stream.send(half)
    await stream.read { $0.text == half }
    stream.send(Self.source[6...].joined(separator: "\n"), isLast: true)
    await stream.read()
    let sources = try #require(harness.journal.exchanges.first).attributed.sources
    #expect(sources.map { [$0.startLine, $0.endLine] } == [[1, 12]])
    #expect(sources.map(\.isFirstSent) == [true])
  }

  @Test("a file that is written just before it is sent is told with what was written")
  func justWritten() async throws {
    let harness = try await harness()
    _ = try await say(Self.prompt(1...3), to: harness)
    for round in 1...20 {
      let lines = (1...6).map { "var round\(round)part\($0) = measured(\($0 * round), unit: .metres)" }
      try harness.write(lines.joined(separator: "\n"), to: "new/\(round).swift")
      #expect(try await say(#"{"content":"\#(lines.joined(separator: "\\n"))"}"#, to: harness) == 200)
      let last = try #require(harness.journal.exchanges.last)
      #expect(last.attributed.sources.map(\.path) == ["new/\(round).swift"], "round \(round)")
      #expect(last.attributed.sources.map(\.lineCount) == [6], "round \(round)")
    }
  }

  @Test("a rule about files stops what holds one, names its lines, and lets the rest go")
  func rule() async throws {
    let harness = try await harness { options in
      options.rules = "  - {name: values, when: {paths: ['src/**']}, then: block}\n" + options.rules
    }
    let client = try await harness.client()
    client.send(Self.post(Self.prompt(2...8)))
    let answer = try await client.answer()
    #expect(answer.status == 403)
    #expect(answer.text.contains("src/values.swift"))
    #expect(answer.text.contains("values (sallyport.yaml"))
    #expect(harness.upstream.memory.now.connections == 0)
    #expect(try await say(#"{"content":"nothing of any file"}"#, to: harness) == 200)
  }

  @Test("copies of a file that a rule is about are that file, however many there are")
  func copies() async throws {
    let harness = try await harness { options in
      options.rules = "  - {name: values, when: {paths: ['src/**']}, then: block}\n" + options.rules
    }
    for number in 0..<12 { try harness.write(Self.text, to: "aside/\(number).swift") }
    #expect(try await say(Self.prompt(2...8), to: harness) == 403)
  }

  @Test("where the policy wants it, the ledger holds no path")
  func committed() async throws {
    let harness = try await harness { $0.settings = "ledger: {paths: committed}\n" }
    #expect(try await say(Self.prompt(1...12), to: harness) == 200)
    try harness.ledger.close()
    let stored = StoredText.all(beneath: "\(harness.directory.path)/ledger")
    #expect(stored.contains("pathCommitment"))
    #expect(!stored.contains("values.swift"))
  }
}
