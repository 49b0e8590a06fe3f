internal import Confinement
internal import Evidence
internal import Policy

extension RunRecord {
  /// The content of `report.json`, as `docs/schemas/report.schema.json` describes it.
  var report: JSONValue {
    guard let overlay, case .object(var members) = body else { return body }
    members["overlay"] = overlay.json
    return .object(members)
  }

  private var body: JSONValue {
    [
      "version": 1, "run": .string(run.text), "agent": agent.json,
      "command": .array(command.map { .string($0) }), "workspace": .string(workspace),
      "started": .string(started.description), "ended": .string(ended.description),
      "policy": [
        "file": .string(policyFile), "posture": .string(posture.rawValue), "durability": .string(durability.rawValue),
      ],
      "sandbox": ["layers": .array(layers.map { ["layer": .string($0.name), "detail": .string($0.detail)] })],
      "exchanges": .array(exchanges.map(\.json)),
      "programs": .array(programs.map { ["path": .string($0.path), "count": .integer($0.count)] }),
      "files": sentFiles.json, "filesIndexed": indexed.json, "opened": .array(opened.map(\.json)),
      "runsLater": .array(changes.map(\.json)), "protected": .array(protected.map(\.json)),
      "notLookedAt": .array(notLookedAt.map { .string($0) }),
      "observationIncomplete": .bool(isObservationIncomplete),
      "namesAsked": .integer(namesAsked.count), "names": .array(namesAsked.lines.map(\.json)),
      "connectionsTried": .array(attempts.prefix(RunLimits.reportedAttempts).map { $0.attempt.json(count: $0.count) }),
      "datagramsRefused": .integer(datagramsRefused), "endedFromOutside": .bool(interruption != nil),
      "survivors": .integer(survivors), "totals": totals, "ledger": ledger.json,
      "exitStatus": .integer(Int(exitStatus)),
    ]
  }

  private var totals: JSONValue {
    [
      "exchanges": .integer(exchanges.count),
      "blocked": .integer(exchanges.count { $0.decision.action == .block }),
      "findings": .integer(exchanges.reduce(0) { $0 + $1.findings.count }),
      "files": .integer(sentFiles.files.count), "lines": .integer(sentFiles.lines),
      "requestBytes": .integer(exchanges.reduce(0) { $0 + $1.requestBytes }),
      "inspectedBytes": .integer(exchanges.reduce(0) { $0 + $1.inspectedBytes }),
      "forwardedBytes": .integer(exchanges.reduce(0) { $0 + $1.forwardedBytes }),
      "responseBytes": .integer(exchanges.reduce(0) { $0 + $1.responseBytes }),
      "uninspectedBytes": .integer(
        exchanges.reduce(0) { $0 + ($1.protocolName == .uninspected ? $1.forwardedBytes : 0) }),
    ]
  }
}

extension RunRecord.LedgerState {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "directory": .string(directory), "origin": .string(origin), "size": .integer(size),
      "entries": .integer(entries), "verified": .bool(verified), "checkpoint": .string(checkpoint),
    ]
    members["problem"] = problem.map { .string($0.description) }
    if isCutShort { members["cutShort"] = true }
    return .object(members)
  }
}

extension OpenedFile {
  var json: JSONValue {
    [
      "path": .string(path), "program": .string(program), "forWriting": .bool(forWriting),
      "isThere": .bool(isThere),
      "reason": .string(reason.rawValue),
    ]
  }
}

extension ConnectionAttempt {
  func json(count: Int) -> JSONValue {
    [
      "host": .string(destination.host), "port": .integer(Int(destination.port)),
      "transport": transport == .stream ? "tcp" : "udp", "program": .string(program), "count": .integer(count),
    ]
  }
}

extension AskedNames.Line {
  fileprivate var json: JSONValue {
    ["name": .string(name), "names": .integer(names), "questions": .integer(questions)]
  }
}

extension PlacesThatRun.Change {
  fileprivate var json: JSONValue {
    ["path": .string(path), "reason": .string(reason.rawValue), "change": .string(kind.rawValue)]
  }
}
