package import Evidence

extension RunCard: JSONRepresentable {
  /// The content of `run.json`.
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "version": 1, "run": .string(run.text), "agent": agent.json, "command": .array(command.map { .string($0) }),
      "workspace": .string(workspace), "started": .string(started.description),
      "policy": ["file": .string(policyFile), "posture": .string(posture)],
    ]
    members["refused"] = refusal.map { .string($0) }
    if let outcome {
      members["ended"] = .string(outcome.ended.description)
      members["exitStatus"] = .integer(outcome.exitStatus)
      members["ledger"] = ["verified": .bool(outcome.isVerified)]
      members["totals"] = outcome.totals
    }
    return .object(members)
  }

  /// Reads a `run.json`.
  ///
  /// - Throws: ``ReportError`` that names the first member that is not as it should be.
  package init(json: JSONValue) throws(ReportError) {
    let card = try ReportObject(json)
    guard try card.integer("version") == 1 else {
      throw ReportError("version", "is not 1: a newer release of Sallyport wrote this, and can read it")
    }
    try self.init(card)
  }

  /// Of a card, or of anything that has its members.
  init(_ card: ReportObject) throws(ReportError) {
    guard let run = RunID(try card.string("run")) else { throw ReportError("run", "is no run's identifier") }
    let policy = try card.object("policy")
    self.init(
      run: run, agent: try card.agent("agent"), command: try card.strings("command"),
      workspace: try card.string("workspace"), started: try card.time("started"),
      policyFile: try policy.string("file"), posture: try policy.string("posture"),
      outcome: card.has("ended") ? try Outcome(card) : nil, refusal: try card.optionalString("refused"))
  }
}

extension RunCard.Outcome {
  fileprivate init(_ card: ReportObject) throws(ReportError) {
    ended = try card.time("ended")
    exitStatus = try card.integer("exitStatus")
    isVerified = try card.object("ledger").bool("verified")
    let totals = try card.object("totals")
    requests = try totals.count("exchanges")
    blocked = try totals.count("blocked")
    findings = try totals.count("findings")
    bytesOut = try totals.count("forwardedBytes")
    files = try totals.optionalCount("files") ?? 0
    lines = try totals.optionalCount("lines") ?? 0
  }

  package var totals: JSONValue {
    [
      "exchanges": .integer(requests), "blocked": .integer(blocked), "findings": .integer(findings),
      "forwardedBytes": .integer(bytesOut), "files": .integer(files), "lines": .integer(lines),
    ]
  }

  /// From the `report.json` of a run that has just ended.
  package init?(report: JSONValue) {
    guard let outcome = try? RunCard.Outcome(ReportObject(report)) else { return nil }
    self = outcome
  }
}
