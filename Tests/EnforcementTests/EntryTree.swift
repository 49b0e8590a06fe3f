internal import Evidence
internal import Ledger

@testable internal import Enforcement

/// The ledger's entries as trees of values, whose members anybody may put in any order: what is written must be the same.
struct EntryTree {
  let run: RunFacts
  let namesPaths: Bool

  func decision(
    _ exchange: Exchange, of inspected: Inspected, isContinuation: Bool, answer: Answer?
  ) -> JSONValue {
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
    members["answer"] = answer.map { answer in
      var members: [String: JSONValue] = ["word": .string(answer.word.rawValue)]
      members["by"] = answer.place.map { .string($0.rawValue) }
      return .object(members)
    }
    let findings = exchange.findings.filter { $0.place != .answer }
    members["findings"] = .array(Self.recorded(findings).map(\.json))
    members["findingCount"] = .integer(findings.count)
    members["bytes"] = [
      "request": .integer(exchange.requestBytes), "inspected": .integer(exchange.inspectedBytes),
      "body": .integer(exchange.requestBodyBytes),
    ]
    let sources = exchange.attributed
    members["sources"] = .array(elements(sources, exchange))
    members["sourceCount"] = .integer(Set(sources.sources.map(\.path)).count)
    members["sourceLines"] = .integer(sources.sources.reduce(0) { $0 + $1.lineCount })
    members["attributionGap"] = sources.gap.map { .string($0.rawValue) }
    members["path"] = commitment(to: Array(inspected.captured.target.utf8), field: "path", exchange)
    members["body"] = commitment(to: inspected.bodyDigest, field: "body-sha256", exchange)
    return .object(members)
  }

  /// What the policy let through first, where not all have room.
  private static func recorded(_ findings: [Finding]) -> [Finding] {
    let most = EnforcementLimits.recordedFindings
    guard findings.count > most else { return findings }
    return Array((findings.filter { $0.allowedBy != nil } + findings.filter { $0.allowedBy == nil })[..<most])
  }

  func completion(_ exchange: Exchange) -> JSONValue {
    var members = head("egress.completed", exchange)
    members["decision"] = exchange.ledgerIndex.map { .integer($0) }
    members["status"] = exchange.status.map { .integer($0) }
    members["address"] = exchange.address.map { .string($0) }
    let findings = exchange.findings.filter { $0.place == .answer }
    if !findings.isEmpty {
      members["findings"] = .array(Self.recorded(findings).map(\.json))
      members["findingCount"] = .integer(findings.count)
    }
    members["verdict"] = exchange.answerDecision.map { .string($0.action.rawValue) }
    members["rule"] = exchange.answerDecision?.rule.json
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

  private func commitment(to content: [UInt8], field: String, _ exchange: Exchange) -> JSONValue {
    let salt = SaltDerivation(key: run.saltKey).salt(field, ofExchange: exchange.sequence)
    return ["alg": "sha256-salted", "c": .string(Commitment.make(content, salt: salt).text)]
  }

  private func elements(_ attributed: Attributed, _ exchange: Exchange) -> [JSONValue] {
    var elements: [JSONValue] = []
    var room = EnforcementLimits.recordedSourceBytes
    for ranges in byFile(attributed.sources) {
      let path = Array(ranges[0].path.utf8)
      let isNamed = namesPaths && path.count <= EnforcementLimits.recordedPathBytes
      let lines = joined(ranges).prefix(EnforcementLimits.recordedRanges)
      room -=
        EnforcementLimits.sourceBytes + (isNamed ? path.count * 6 : 0) + lines.count * EnforcementLimits.rangeBytes
      guard room >= 0 else { break }
      let field = "source-path-\(elements.count)"
      elements.append([
        isNamed ? "path" : "pathCommitment": isNamed
          ? .string(ranges[0].path) : commitment(to: path, field: field, exchange),
        "version": .integer(ranges[0].version),
        "lines": .array(lines.map { [.integer($0.lowerBound), .integer($0.upperBound)] }),
        "firstSent": .integer(ranges.reduce(0) { $0 + ($1.isFirstSent ? $1.lineCount : 0) }),
      ])
    }
    return elements
  }

  private func byFile(_ sources: [SourceRange]) -> [[SourceRange]] {
    sources.reduce(into: []) { files, range in
      if let last = files.last?.last, last.path == range.path, last.version == range.version {
        files[files.count - 1].append(range)
      } else {
        files.append([range])
      }
    }
  }

  private func joined(_ ranges: [SourceRange]) -> [ClosedRange<Int>] {
    ranges.reduce(into: []) { lines, range in
      if let last = lines.last, range.startLine <= last.upperBound + 1 {
        lines[lines.count - 1] = last.lowerBound...max(last.upperBound, range.endLine)
      } else {
        lines.append(range.startLine...range.endLine)
      }
    }
  }
}
