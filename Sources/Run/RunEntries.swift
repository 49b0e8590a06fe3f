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
      if settings.isReportOnly { $0["mode"] = "observe" }
      $0["policy"] = [
        "file": .string(settings.policy.file), "posture": .string(settings.policy.posture.rawValue),
        "durability": .string(settings.policy.durability.rawValue),
      ]
    }
  }

  /// The layers that stand between the agent and the machine.
  func attested(_ layers: [EngagedLayer]) -> JSONValue {
    entry("sandbox.attested") {
      $0["layers"] = .array(layers.map { ["layer": .string($0.layer.rawValue), "detail": .string($0.detail)] })
    }
  }

  /// How much was started and touched; which files, only by kind.
  func observed(
    _ record: ObservationRecord, names: Int, changes: [PlacesThatRun.Change],
    protected: ProtectedSettlement, overlay: OverlayReview.Outcome?, exchanges: [Exchange]
  ) -> JSONValue {
    let silent = record.attempts.silent(beside: exchanges)
    return entry("run.observed") {
      $0["programs"] = .integer(record.programs.count)
      $0["incomplete"] = .bool(record.isIncomplete)
      $0["files"] = .object(
        Dictionary(grouping: record.files, by: \.reason.rawValue).mapValues { .integer(Set($0.map(\.path)).count) })
      $0["runsLater"] = .object(
        Dictionary(grouping: changes) { "\($0.reason.rawValue), \($0.kind.rawValue)" }.mapValues { .integer($0.count) })
      var outcomes = Dictionary(grouping: protected.changes, by: \.outcome.rawValue).mapValues { $0.count }
      if !record.refusals.isEmpty { outcomes["refused"] = Set(record.refusals.map(\.path)).count }
      $0["overlay"] = overlay?.json
      $0["protected"] = .object(outcomes.mapValues { .integer($0) })
      $0["connectionsTried"] = .array(
        silent.prefix(RunLimits.recordedAttempts).map { $0.attempt.json(count: $0.count) })
      $0["connectionsTriedCount"] = .integer(silent.count)
      $0["datagramsRefused"] = .integer(record.datagramsRefused)
      $0["namesAsked"] = .integer(names)
    }
  }

  /// - Parameter isInterrupted: whether the sandbox was ended before the agent could say how it ended.
  func ended(_ end: AgentEnd, agent: Agent, exchanges: [Exchange], isInterrupted: Bool) -> JSONValue {
    entry("run.ended") {
      $0["agent"] = agent.json
      $0["exit"] = .integer(Int(end.exitCode))
      if isInterrupted { $0["endedFromOutside"] = true }
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
