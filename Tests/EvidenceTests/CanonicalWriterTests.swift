import Evidence
import Testing

@Suite("What is written without a tree of its values")
struct CanonicalWriterTests {
  @Test("members and elements are parted by commas, whatever they end with")
  func commas() {
    let text = CanonicalText { writer in
      writer.object { writer in
        writer.member("a", "{")
        writer.member("b") { $0.array { _ in } }
        writer.member("c") { writer in
          writer.array { writer in
            writer.write("[")
            writer.object { _ in }
            writer.write(-7)
            writer.write(quoting: { $0.append(contentsOf: ":,".utf8) })
          }
        }
        writer.member("d", ifAny: String?.none)
        writer.member("e", true)
        writer.member("f", ifAny: 3)
      }
    }
    #expect(String(decoding: text.bytes, as: UTF8.self) == #"{"a":"{","b":[],"c":["[",{},-7,":,"],"e":true,"f":3}"#)
  }

  @Test("an exchange of which everything is known, or next to nothing, is written as its JSON form is")
  func exchanges() throws {
    for exchange in [Self.full, Self.bare] {
      var writer = CanonicalWriter()
      exchange.write(to: &writer)
      let wanted = String(decoding: try CanonicalJSON.encode(exchange.json), as: UTF8.self)
      #expect(String(decoding: writer.bytes, as: UTF8.self) == wanted)
    }
  }

  @Test("a share is written as the number that it is, and its last digit is not 0")
  func shares() throws {
    for parts in 0...20_000 {
      var exchange = Self.bare
      exchange.attributed = Attributed(share: Double(parts) / 20_000)
      var writer = CanonicalWriter()
      exchange.write(to: &writer)
      let wanted = try CanonicalJSON.encode(exchange.json)
      try #require(writer.bytes == wanted)
    }
  }

  @Test("a writer that is used again writes the same")
  func again() {
    var writer = CanonicalWriter()
    Self.full.write(to: &writer)
    let first = writer.bytes
    writer.removeAll()
    Self.full.write(to: &writer)
    #expect(writer.bytes == first)
  }

  private static let bare = Exchange(
    sequence: 1, started: Timestamp(millisecondsSinceEpoch: 0), agent: .unknown,
    destination: Destination(host: "a.example", port: 443), protocolName: .http1, method: "GET", path: "/",
    endpoint: nil, purpose: .unknown,
    decision: Decision(action: .allow, rule: RuleReference(name: "r", file: "f", line: 1)), requestBytes: 1,
    inspectedBytes: 1)

  private static let full: Exchange = {
    var exchange = Exchange(
      sequence: 7, started: Timestamp(millisecondsSinceEpoch: 1_795_000_000_007),
      agent: Agent(id: "claude-code", version: "2.1.0", versionSource: .userAgent), program: "/usr/bin/\"node\"",
      destination: Destination(host: "api.example", port: 443), protocolName: .http2, method: "POST", path: "/v1/é\n",
      endpoint: "example/messages", purpose: .model,
      findings: [
        Finding(
          detector: "github-token", dataClass: .credential, grade: .block, place: .header("x-key"), span: Span(3, 43),
          layers: ["gzip", "json"], fingerprint: "00ff"),
        Finding(
          detector: "email", dataClass: .personal, grade: .note, place: .body, span: Span(0, 0),
          ownRow: OwnRow(table: "customers", number: 3)),
      ],
      decision: Decision(
        action: .report, rule: RuleReference(name: "rule", file: "sallyport.yaml", line: 12),
        reasons: [.init(subject: "purpose", statement: "one"), .init(subject: "rule", statement: "two")],
        remedy: "none"),
      requestBytes: 2_000, inspectedBytes: 2_000, requestBodyBytes: 1_500, forwardedBytes: 2_000, responseBytes: 90,
      status: 200, ledgerIndex: 41)
    exchange.address = "192.0.2.1"
    exchange.attributed = Attributed(
      sources: [
        SourceRange(
          path: "a.swift", version: 2, startLine: 1, endLine: 9, startColumn: 4, endColumn: 7, bytes: 80,
          isFirstSent: true, copies: 1),
        SourceRange(path: "b.swift", startLine: 3, endLine: 3, bytes: 8, isFirstSent: false),
      ], share: 0.25, commonLines: 4, gap: .indexing)
    return exchange
  }()
}
