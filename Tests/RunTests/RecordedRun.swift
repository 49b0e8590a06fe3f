internal import Evidence
internal import Policy
internal import Testing

@testable internal import Run

/// Records of runs, as a test needs them.
enum RecordedRun {
  static func record(
    _ exchanges: [Exchange] = [], files: [OpenedFile] = [], programs: [(path: String, count: Int)] = []
  ) throws -> RunRecord {
    var random = SeededGenerator(seed: 7)
    return RunRecord(
      run: RunID.random(using: &random), agent: Agent(id: "claude-code"), command: ["claude", "-p", "hello"],
      workspace: "/work", started: Timestamp(millisecondsSinceEpoch: 1_000),
      ended: Timestamp(millisecondsSinceEpoch: 3_500), policyFile: "sallyport.yaml", posture: .control,
      durability: .disk,
      layers: [(name: "landlock", detail: "ABI 7")], exchanges: exchanges, programs: programs, opened: files,
      isObservationIncomplete: false, namesAsked: AskedNames([("a.example", 1), ("b.example", 2)]), survivors: 1,
      exitStatus: 143,
      ledger: .init(
        directory: "/state/ledger", origin: "o", size: 9, entries: 7, verified: true, checkpoint: "o\n9\n",
        problem: nil))
  }

  static func exchange(
    _ host: String, port: UInt16 = 443, purpose: Purpose = .model, action: Action = .allow, rule: String = "models",
    findings: [Finding] = [], protocolName: Exchange.ProtocolName = .http1, forwarded: Int = 0, received: Int = 0,
    sequence: Int = 1, sources: [SourceRange] = []
  ) -> Exchange {
    var exchange = Exchange(
      sequence: sequence, started: Timestamp(millisecondsSinceEpoch: 2_000), agent: Agent(id: "claude-code"),
      destination: Destination(host: host, port: port), protocolName: protocolName, method: "POST", path: "/",
      endpoint: nil, purpose: purpose, findings: findings,
      decision: Decision(
        action: action, rule: RuleReference(name: rule, file: "sallyport.yaml", line: 3),
        remedy: action == .block ? "Ask for it." : ""),
      requestBytes: 100, inspectedBytes: 100, forwardedBytes: forwarded, responseBytes: received)
    exchange.attributed = Attributed(sources: sources)
    return exchange
  }

  static func finding(_ detector: String, layers: [String] = []) -> Finding {
    Finding(
      detector: detector, dataClass: .credential, grade: .block, place: .body, span: Span(0, 4), layers: layers)
  }
}
