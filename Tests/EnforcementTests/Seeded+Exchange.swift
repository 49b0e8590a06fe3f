internal import Attribution
internal import Catalog
internal import Evidence

@testable internal import Enforcement

/// Exchanges of all sorts, as nobody makes them by hand.
extension Seeded {
  mutating func exchange() -> Exchange {
    var exchange = Exchange(
      sequence: below(1_000_000) + 1, started: Timestamp(millisecondsSinceEpoch: Int64(below(4_000_000_000_000))),
      agent: Agent(id: text(), version: maybe { $0.text() }, versionSource: one(of: Agent.VersionSource.allCases)),
      program: maybe { $0.text() }, destination: Destination(host: text(), port: UInt16(below(65_536))),
      protocolName: one(of: Exchange.ProtocolName.allCases), method: text(), path: text(),
      endpoint: maybe { $0.text() }, purpose: one(of: Purpose.allCases), findings: some(80) { $0.finding() },
      decision: decision(), requestBytes: number(), inspectedBytes: number(), requestBodyBytes: number(),
      forwardedBytes: number(), responseBytes: number(), status: maybe { $0.number() },
      ledgerIndex: maybe { $0.number() })
    exchange.answerDecision = maybe { $0.decision() }
    exchange.address = maybe { $0.text() }
    exchange.attributed = Attributed(
      sources: sources(), share: Double(below(100_001)) / 100_000, commonLines: number(),
      gap: maybe { $0.one(of: Attributed.Gap.allCases) })
    return exchange
  }

  mutating func inspected(_ exchange: Exchange) -> Inspected {
    let captured = Captured(
      origin: Origin(agent: exchange.agent), destination: exchange.destination, protocolName: exchange.protocolName,
      method: exchange.method, target: text())
    return Inspected(
      captured: captured, recognition: .unknown, findings: exchange.findings, totalBytes: 0, inspectedBytes: 0,
      bodyBytes: 0, bodyDigest: below(4) == 0 ? [] : (0..<32).map { _ in UInt8(below(256)) },
      attribution: MessageAttribution())
  }

  mutating func answer() -> Answer? {
    maybe { Answer($0.one(of: Answer.Word.allCases), at: $0.maybe { $0.one(of: Answer.Place.allCases) }) }
  }

  private mutating func decision() -> Decision {
    Decision(
      action: one(of: Action.allCases), rule: RuleReference(name: text(), file: text(), line: number()),
      reasons: some(4) { Decision.Reason(subject: $0.text(), statement: $0.text()) }, remedy: text())
  }

  private mutating func finding() -> Finding {
    let places: [Finding.Place] = [.requestTarget, .header(text()), .body, .trailer(text()), .domainName, .answer]
    let start = number()
    var finding = Finding(
      detector: text(), dataClass: one(of: DataClass.allCases), grade: one(of: Grade.allCases),
      severity: one(of: Severity.allCases), place: one(of: places), span: Span(start, start + number()),
      layers: some(3) { $0.text() }, fingerprint: maybe { $0.text() })
    finding.allowedBy = maybe { RuleReference(name: $0.text(), file: $0.text(), line: $0.number()) }
    return finding
  }

  /// By path, as they come from attribution.
  private mutating func sources() -> [SourceRange] {
    let paths = some(below(8) == 0 ? 200 : 3) { $0.below(6) == 0 ? $0.longPath() : $0.text() }
    return Set(paths).sorted().flatMap { path in
      (1...below(3) + 1).flatMap { version in some(below(20) == 0 ? 300 : 4) { $0.range(path, version) } }
    }
  }

  private mutating func range(_ path: String, _ version: Int) -> SourceRange {
    let start = below(60) + 1
    return SourceRange(
      path: path, version: version, startLine: start, endLine: start + below(4), startColumn: maybe { $0.number() },
      endColumn: maybe { $0.number() }, bytes: number(), isFirstSent: below(2) == 0, copies: below(2))
  }

  private mutating func longPath() -> String { String(repeating: "directory/", count: 90 + below(20)) + text() }

  /// With what JSON escapes and what UTF-8 and UTF-16 sort differently.
  private mutating func text() -> String {
    let characters = ["a", "Z", "/", "\"", "\\", "\n", "\u{1}", "\u{7f}", "é", "\u{ffee}", "😀", "{", ",", "42"]
    return (0..<below(24)).reduce(into: "") { text, _ in text += one(of: characters) }
  }

  private mutating func number() -> Int { below(3) == 0 ? 0 : below(1 << below(53)) }

  private mutating func one<Value>(of values: [Value]) -> Value { values[below(values.count)] }

  private mutating func maybe<Value>(_ make: (inout Seeded) -> Value) -> Value? { below(2) == 0 ? nil : make(&self) }

  private mutating func some<Value>(_ most: Int, _ make: (inout Seeded) -> Value) -> [Value] {
    (0..<below(most + 1)).map { _ in make(&self) }
  }
}
