internal import Confinement
internal import Enforcement
internal import Evidence
internal import Policy
internal import Sandbox

/// What the ledger is told of a run as a whole.
struct RunEntries {
  private let facts: RunFacts

  init(_ facts: RunFacts) {
    self.facts = facts
  }

  /// Written before anything is started.
  func started(_ settings: RunSettings) -> JSONValue {
    entry("run.started") {
      $0["agent"] = settings.agent.json
      $0["policy"] = ["file": .string(settings.policy.file), "posture": .string(settings.policy.posture.rawValue)]
    }
  }

  /// The layers that stand between the agent and the machine.
  func attested(_ layers: [EngagedLayer]) -> JSONValue {
    entry("sandbox.attested") {
      $0["layers"] = .array(layers.map { ["layer": .string($0.layer.rawValue), "detail": .string($0.detail)] })
    }
  }

  /// How much was started and touched; which files, only by kind.
  func observed(_ record: ObservationRecord) -> JSONValue {
    entry("run.observed") {
      $0["programs"] = .integer(record.programs.count)
      $0["incomplete"] = .bool(record.isIncomplete)
      $0["files"] = .object(
        Dictionary(grouping: record.files, by: \.reason.rawValue).mapValues { .integer(Set($0.map(\.path)).count) })
    }
  }

  func ended(_ end: AgentEnd, agent: Agent, exchanges: [Exchange]) -> JSONValue {
    entry("run.ended") {
      $0["agent"] = agent.json
      $0["exit"] = .integer(Int(end.exitCode))
      $0["survivors"] = .integer(Int(end.survivors))
      $0["exchanges"] = .integer(exchanges.count)
      $0["blocked"] = .integer(exchanges.count { $0.decision.action == .block })
      $0["bytes"] = [
        "request": .integer(exchanges.reduce(0) { $0 + $1.requestBytes }),
        "inspected": .integer(exchanges.reduce(0) { $0 + $1.inspectedBytes }),
        "forwarded": .integer(exchanges.reduce(0) { $0 + $1.forwardedBytes }),
      ]
    }
  }

  /// Of a run that did not come to its agent's end.
  func refused(_ error: any Error) -> JSONValue {
    entry("run.ended") { $0["refused"] = .string(((error as? RunError)?.code ?? .ours).rawValue) }
  }

  private func entry(_ type: String, _ fill: (inout [String: JSONValue]) -> Void) -> JSONValue {
    var members: [String: JSONValue] = [
      "v": 1, "type": .string(type), "t": .string(facts.clock.now().description),
      "run": .string(facts.subject.run.text), "actor": .string(facts.subject.pseudonym),
    ]
    fill(&members)
    return .object(members)
  }
}
