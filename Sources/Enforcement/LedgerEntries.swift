internal import Evidence

/// What the ledger is told of an exchange: what, where to, why and how much; never what it said.
struct LedgerEntries {
  private let run: RunFacts
  private let derivation: SaltDerivation
  /// Whether the paths of files that leave are told, or only committed to.
  private let namesPaths: Bool

  init(run: RunFacts, namesPaths: Bool) {
    self.run = run
    self.namesPaths = namesPaths
    derivation = SaltDerivation(key: run.saltKey)
  }

  /// The entry that must be durable before the message's last byte leaves.
  ///
  /// - Parameter answer: what a person said of it, where one was asked.
  func decision(
    _ exchange: Exchange, of inspected: Inspected, isContinuation: Bool, answer: Answer? = nil
  ) -> JSONValue {
    let salts = CommitmentSalts(derivation: derivation, sequence: exchange.sequence)
    var members = head(isContinuation ? "egress.continued" : "egress.decision", exchange)
    members["agent"] = exchange.agent.json
    members["host"] = .string(exchange.destination.host)
    members["port"] = .integer(Int(exchange.destination.port))
    members["protocol"] = .string(exchange.protocolName.rawValue)
    members["method"] = .string(String(exchange.method.prefix(EnforcementLimits.recordedMethodCharacters)))
    members["endpoint"] = exchange.endpoint.map { .string($0) }
    members["purpose"] = .string(exchange.purpose.rawValue)
    members["verdict"] = .string(exchange.decision.action.rawValue)
    members["rule"] = exchange.decision.rule.json
    members["answer"] = answer?.json
    members["findings"] = .array(exchange.findings.prefix(EnforcementLimits.recordedFindings).map(\.json))
    members["findingCount"] = .integer(exchange.findings.count)
    members["bytes"] = [
      "request": .integer(exchange.requestBytes), "inspected": .integer(exchange.inspectedBytes),
      "body": .integer(exchange.requestBodyBytes),
    ]
    let sources = exchange.attributed
    members["sources"] = .array(
      RecordedSources(attributed: sources, namesPaths: namesPaths, salts: salts).elements)
    members["sourceCount"] = .integer(Set(sources.sources.map(\.path)).count)
    members["sourceLines"] = .integer(sources.sources.reduce(0) { $0 + $1.lineCount })
    members["attributionGap"] = sources.gap.map { .string($0.rawValue) }
    members["path"] = salts.commitment(to: Array(inspected.captured.target.utf8), field: "path")
    members["body"] = salts.commitment(to: inspected.bodyDigest, field: "body-sha256")
    return .object(members)
  }

  /// The entry that closes an exchange.
  func completion(_ exchange: Exchange) -> JSONValue {
    var members = head("egress.completed", exchange)
    members["decision"] = exchange.ledgerIndex.map { .integer($0) }
    members["status"] = exchange.status.map { .integer($0) }
    members["address"] = exchange.address.map { .string($0) }
    members["bytes"] = [
      "forwarded": .integer(exchange.forwardedBytes), "response": .integer(exchange.responseBytes),
    ]
    return .object(members)
  }

  private func head(_ type: String, _ exchange: Exchange) -> [String: JSONValue] {
    [
      "v": 1, "type": .string(type), "t": .string(run.now().description), "run": .string(run.subject.run.text),
      "actor": .string(run.subject.pseudonym), "seq": .integer(exchange.sequence),
    ]
  }
}
