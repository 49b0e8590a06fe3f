package import Evidence

extension RunBill: JSONRepresentable {
  /// What `sallyport run --json` prints: exact counts, nothing shortened.
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "run": .string(run.text), "agent": agent.json, "durationMilliseconds": .integer(duration.wholeMilliseconds),
      "traffic": .array(rows.map(\.json)), "blocked": .array(blockedRules.map(\.json)),
      "left": .array(left.map(\.json)),
      "files": .array(noteworthyFiles.map { ["path": .string($0.path), "what": .string($0.what)] }),
      "tried": [
        "destinations": .array(tried.destinations.map { .string($0) }),
        "names": .array(tried.names.map { .string($0) }),
        "datagramsRefused": .integer(tried.datagramsRefused),
      ],
      "programs": .array(programs.map { .string($0) }), "findings": .array(findings.map(\.json)),
      "ledger": [
        "entries": .integer(ledger.entries), "checkpointSize": .integer(ledger.checkpointSize),
        "verified": .bool(ledger.isVerified),
      ],
      "exitStatus": .integer(Int(exitStatus)),
    ]
    members["report"] = reportPath.map { .string($0) }
    return .object(members)
  }
}

extension RunBill.Row {
  fileprivate var json: JSONValue {
    [
      "purpose": .string(purpose.rawValue), "destination": .string(destination), "requests": .integer(requests),
      "bytesOut": .integer(bytesOut), "bytesIn": .integer(bytesIn), "findings": .integer(findings),
      "blocked": .integer(blocked), "uninspectedBytes": .integer(uninspectedBytes),
    ]
  }
}

extension RunBill.Left {
  fileprivate var json: JSONValue {
    [
      "purpose": .string(purpose.rawValue), "destination": .string(destination), "files": .integer(files),
      "lines": .integer(lines), "certain": .bool(isCertain),
    ]
  }
}

extension RunBill.BlockedRule {
  fileprivate var json: JSONValue {
    [
      "sentence": .string(sentence), "remedy": .string(remedy), "place": .string(place), "count": .integer(count),
    ]
  }
}

extension RunBill.FindingLine {
  fileprivate var json: JSONValue {
    [
      "detector": .string(detector), "place": .string(place), "action": .string(action.rawValue),
      "count": .integer(count),
    ]
  }
}

extension Duration {
  fileprivate var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
  }
}
