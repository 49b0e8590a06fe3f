internal import Evidence
internal import Presentation

@testable internal import Run

/// What tests of watching need.
enum WatchedFixture {
  static func exchange(
    _ sequence: Int, host: String = "a.example", action: Action = .allow, forwarded: Int = 90
  ) -> Exchange {
    Exchange(
      sequence: sequence, started: Timestamp(millisecondsSinceEpoch: 2_000), agent: Agent(id: "claude-code"),
      destination: Destination(host: host, port: 443), protocolName: .http1, method: "POST", path: "/",
      endpoint: nil, purpose: .model,
      decision: Decision(action: action, rule: RuleReference(name: "models", file: "sallyport.yaml", line: 3)),
      requestBytes: 100, inspectedBytes: 100, forwardedBytes: forwarded)
  }

  static func run(_ name: Character) -> RunID? { RunID("r_" + String(repeating: name, count: 16)) }

  static func card(
    _ id: RunID, started: Int64 = 1_000, agent: String = "claude-code", workspace: String = "/w",
    outcome: RunCard.Outcome? = nil
  ) -> RunCard {
    RunCard(
      run: id, agent: Agent(id: agent, version: "1.0"), command: ["agent"], workspace: workspace,
      started: Timestamp(millisecondsSinceEpoch: started), policyFile: "built-in:control", posture: "control",
      outcome: outcome)
  }
}
