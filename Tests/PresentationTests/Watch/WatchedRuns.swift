import Evidence
import Presentation
import Testing

/// Runs as watchers see them.
enum WatchedRuns {
  static let start = Timestamp(millisecondsSinceEpoch: 1_795_000_000_000)

  static func after(_ seconds: Int64) -> Timestamp {
    Timestamp(millisecondsSinceEpoch: start.millisecondsSinceEpoch + seconds * 1000)
  }

  static func card(agent: String = "claude-code", workspace: String = "/home/ada/parser") throws -> RunCard {
    RunCard(
      run: try #require(RunID("r_4f9c0a1b2c3d4e5f")), agent: Agent(id: agent, version: "2.1.63"),
      command: ["claude"], workspace: workspace, started: start, policyFile: "\(workspace)/sallyport.yaml",
      posture: "control")
  }

  static func exchange(
    _ sequence: Int, at seconds: Int64, _ purpose: Purpose = .model, to host: String = "api.anthropic.com",
    port: UInt16 = 443, _ action: Action = .allow, out: Int = 12_345, sources: [SourceRange] = [],
    findings: [String] = [], gap: Attributed.Gap? = nil
  ) -> Exchange {
    var exchange = Exchange(
      sequence: sequence, started: after(seconds), agent: Agent(id: "claude-code", version: "2.1.63"),
      destination: Destination(host: host, port: port), protocolName: .http2, method: "POST", path: "/v1/messages",
      endpoint: "anthropic/messages", purpose: purpose,
      findings: findings.map {
        Finding(detector: $0, dataClass: .credential, grade: .block, place: .body, span: Span(0, 4))
      },
      decision: Decision(
        action: action, rule: RuleReference(name: "ask about strangers", file: "sallyport.yaml", line: 12),
        reasons: [.init(subject: "destination", statement: "Nothing in the catalogue describes \(host):\(port).")]),
      requestBytes: 12_345, inspectedBytes: 12_345, requestBodyBytes: 12_000,
      forwardedBytes: action == .block ? 0 : out, responseBytes: action == .block ? 0 : 2_000, status: 200)
    exchange.attributed = Attributed(sources: sources, gap: gap)
    return exchange
  }

  static func source(
    _ path: String, _ lines: ClosedRange<Int>, first: Bool = true, version: Int = 1
  ) -> SourceRange {
    SourceRange(
      path: path, version: version, startLine: lines.lowerBound, endLine: lines.upperBound, bytes: lines.count * 30,
      isFirstSent: first)
  }

  static func state(_ messages: [WatchMessage]) throws -> WatchState {
    var state = WatchState()
    state.fold(.run(try card(), askSeconds: 60), at: start)
    for message in messages { state.fold(message, at: after(20)) }
    return state
  }

  static func busy() throws -> WatchState {
    try state([
      .exchange(
        exchange(
          1, at: 1, sources: [source("src/parse.swift", 1...120), source("README.md", 3...9)])),
      .exchange(exchange(2, at: 1, .telemetry, .block)),
      .exchange(
        exchange(
          3, at: 14,
          sources: [source("src/parse.swift", 1...120, first: false), source("Tests/ParseTests.swift", 1...40)],
          findings: ["email-address", "email-address", "github-token"])),
      .exchange(exchange(4, at: 15, .unknown, to: "paste.example.net", .block, findings: ["github-token"])),
      .exchange(exchange(5, at: 17, .registry, to: "files.pythonhosted.org", .report, out: 0)),
      .exchange(exchange(6, at: 75, .web, to: "a.very.long.name.of.a.host.example.org", port: 8080, .redact)),
    ])
  }

  static func question(_ id: Int, to host: String = "paste.example.net", secondsLeft: Int = 52) -> WatchMessage {
    .question(
      .init(
        id: id, exchange: exchange(0, at: 19, .unknown, to: host, .ask, out: 0, findings: ["iban"]),
        secondsLeft: secondsLeft))
  }
}
