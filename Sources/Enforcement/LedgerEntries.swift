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
  ) -> CanonicalText {
    let salts = CommitmentSalts(derivation: derivation, sequence: exchange.sequence)
    let attributed = exchange.attributed
    let findings = exchange.findings.filter { $0.place != .answer }
    return CanonicalText { writer in
      writer.object { writer in
        writer.member("actor", run.subject.pseudonym)
        writer.member("agent", exchange.agent)
        if let answer { writer.member("answer", answer) }
        writer.member("attributionGap", ifAny: attributed.gap?.rawValue)
        writer.member("body", salts.commitment(to: inspected.bodyDigest, field: "body-sha256"))
        writer.member("bytes") { Self.writeRequestBytes(of: exchange, to: &$0) }
        writer.member("endpoint", ifAny: exchange.endpoint)
        writer.member("findingCount", findings.count)
        writer.member("findings", Self.recorded(findings))
        writer.member("host", exchange.destination.host)
        writer.member("method", String(exchange.method.prefix(EnforcementLimits.recordedMethodCharacters)))
        writer.member("path", salts.commitment(to: inspected.captured.target.utf8, field: "path"))
        writer.member("port", Int(exchange.destination.port))
        writer.member("protocol", exchange.protocolName.rawValue)
        writer.member("purpose", exchange.purpose.rawValue)
        writer.member("rule", exchange.decision.rule)
        writer.member("run", run.subject.run.text)
        writer.member("seq", exchange.sequence)
        writer.member("sourceCount", attributed.fileCount)
        writer.member("sourceLines", attributed.sources.reduce(0) { $0 + $1.lineCount })
        writer.member("sources", RecordedSources(attributed: attributed, namesPaths: namesPaths, salts: salts))
        writer.member("t", run.now())
        writer.member("type", isContinuation ? "egress.continued" : "egress.decision")
        writer.member("v", Self.version)
        writer.member("verdict", exchange.decision.action.rawValue)
      }
    }
  }

  private static let version = 1

  /// As many as an entry may hold: what the policy let through is among them before all else.
  private static func recorded(_ findings: [Finding]) -> ArraySlice<Finding> {
    guard findings.count > EnforcementLimits.recordedFindings else { return findings[...] }
    return (findings.filter { $0.allowedBy != nil } + findings.filter { $0.allowedBy == nil })
      .prefix(EnforcementLimits.recordedFindings)
  }

  private static func writeRequestBytes(of exchange: Exchange, to writer: inout CanonicalWriter) {
    writer.object { writer in
      writer.member("body", exchange.requestBodyBytes)
      writer.member("inspected", exchange.inspectedBytes)
      writer.member("request", exchange.requestBytes)
    }
  }

  /// The entry that closes an exchange.
  func completion(_ exchange: Exchange) -> CanonicalText {
    let findings = exchange.findings.filter { $0.place == .answer }
    return CanonicalText { writer in
      writer.object { writer in
        writer.member("actor", run.subject.pseudonym)
        writer.member("address", ifAny: exchange.address)
        writer.member("bytes") { writer in
          writer.object { writer in
            writer.member("forwarded", exchange.forwardedBytes)
            writer.member("response", exchange.responseBytes)
          }
        }
        writer.member("decision", ifAny: exchange.ledgerIndex)
        if !findings.isEmpty {
          writer.member("findingCount", findings.count)
          writer.member("findings", Self.recorded(findings))
        }
        writer.member("restored", ifAny: exchange.restored > 0 ? exchange.restored : nil)
        if let decision = exchange.answerDecision { writer.member("rule", decision.rule) }
        writer.member("run", run.subject.run.text)
        writer.member("seq", exchange.sequence)
        writer.member("status", ifAny: exchange.status)
        writer.member("t", run.now())
        writer.member("type", "egress.completed")
        writer.member("v", Self.version)
        writer.member("verdict", ifAny: exchange.answerDecision?.action.rawValue)
      }
    }
  }
}

extension Attributed {
  /// One for each path; what is of one stands together.
  fileprivate var fileCount: Int {
    sources.indices.count { $0 == sources.startIndex || sources[$0].path != sources[$0 - 1].path }
  }
}
