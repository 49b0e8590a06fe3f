internal import Confinement
internal import Evidence
internal import Presentation

/// Turns the record of a run into what its user sees: the summary, and the report where one was asked for.
enum Bill {
  static func present(_ record: RunRecord, _ outputs: RunOutputs, kept: KeptRun, colour: ColourChoice) -> EndedRun {
    let report = record.report
    let written = outputs.write(report, of: record.agent, kept: kept)
    let terminal = Terminal(fileDescriptor: 2, environment: ProcessEnvironment.current, colour: colour)
    return EndedRun(
      exitStatus: record.exitStatus,
      summaryText: RunSummary(record.bill(reportPath: written.pagePath ?? written.reportPath), for: terminal).text,
      notice: record.interruption, problem: record.ledger.problem ?? record.protectionProblem ?? written.problem,
      farewell: FeedMessage.ended(report, keptAt: written.keptPath))
  }
}

extension RunRecord {
  func bill(reportPath: String?) -> RunBill {
    RunBill(
      run: run, agent: agent,
      duration: .milliseconds(ended.millisecondsSinceEpoch - started.millisecondsSinceEpoch), rows: rows,
      blockedRules: blockedRules, left: RunBill.Left.of(exchanges),
      noteworthyFiles: noteworthyFiles,
      tried: tried, programs: programs.map(\.path), findings: findingLines,
      ledger: .init(
        entries: ledger.entries, checkpointSize: ledger.size, isVerified: ledger.verified,
        isCutShort: ledger.isCutShort),
      reportPath: reportPath, exitStatus: exitStatus)
  }

  private var rows: [RunBill.Row] {
    let groups = Dictionary(grouping: exchanges) { RowKey(purpose: $0.purpose, destination: $0.destination) }
    return groups.map { key, exchanges in
      RunBill.Row(
        purpose: key.purpose, destination: key.destination.shortText, requests: exchanges.count,
        bytesOut: exchanges.reduce(0) { $0 + $1.forwardedBytes },
        bytesIn: exchanges.reduce(0) { $0 + $1.responseBytes },
        findings: exchanges.reduce(0) { $0 + $1.findings.count },
        blocked: exchanges.count { $0.decision.action == .block },
        uninspectedBytes: exchanges.reduce(0) { $0 + ($1.protocolName == .uninspected ? $1.forwardedBytes : 0) })
    }
  }

  /// What is different now comes first: it is what the user has to look at before anything runs it.
  private var noteworthyFiles: [RunBill.NoteworthyFile] {
    notLookedAt.map { .init(path: $0, what: "NOT LOOKED AT for protected files") }
      + protected.map(\.noteworthy)
      + changes.map { .init(path: $0.path, what: "\($0.reason.rawValue), \($0.kind.sentence)") }
      + opened.map {
        let deed = $0.isThere ? ($0.forWriting ? "written" : "read") : "looked for"
        return .init(path: $0.path, what: "\($0.reason.rawValue), \(deed) by \($0.program)")
      }
  }

  /// Names that were asked of destinations that are told of already are no news.
  private var tried: RunBill.Tried {
    let told = Set(exchanges.map(\.destination.host) + attempts.map(\.attempt.destination.host))
    var unique: [String] = []
    for (attempt, _) in attempts.prefix(RunLimits.reportedAttempts) {
      let text = attempt.destination.description + (attempt.transport == .datagram ? " (UDP)" : "")
      if !unique.contains(text) { unique.append(text) }
    }
    return RunBill.Tried(
      destinations: unique, datagramsRefused: datagramsRefused,
      names: namesAsked.lines.filter { !told.contains($0.name) }.map {
        $0.names == 1 ? $0.name : "\($0.names) of \($0.name)"
      })
  }

  private struct RowKey: Hashable {
    let purpose: Purpose
    let destination: Destination
  }

  private var blockedRules: [RunBill.BlockedRule] {
    let blocked = exchanges.filter { $0.decision.action == .block }
    return Dictionary(grouping: blocked) { $0.decision.rule }.values.map { exchanges in
      let first = exchanges[0]
      let hosts = Set(exchanges.map(\.destination.host)).sorted().joined(separator: ", ")
      return RunBill.BlockedRule(
        sentence: "\(first.decision.rule.name): \(hosts)", remedy: first.decision.remedy,
        place: "\(first.decision.rule.file):\(first.decision.rule.line)", count: exchanges.count)
    }.sorted { ($1.count, $0.sentence) < ($0.count, $1.sentence) }
  }

  private var findingLines: [RunBill.FindingLine] {
    var counts: [FindingKey: Int] = [:]
    for exchange in exchanges {
      for finding in exchange.findings {
        let under = finding.layers.isEmpty ? "" : ", under " + finding.layers.joined(separator: ", ")
        let (way, action) =
          finding.place == .answer
          ? ("of", exchange.answerDecision?.action ?? .report) : ("to", exchange.decision.action)
        let place = "\(finding.place)\(under) \(way) \(exchange.destination.host)"
        counts[.init(detector: finding.detector, place: place, action: action), default: 0] += 1
      }
    }
    return counts.map { .init(detector: $0.key.detector, place: $0.key.place, action: $0.key.action, count: $0.value) }
      .sorted { ($0.detector, $0.place) < ($1.detector, $1.place) }
  }

  private struct FindingKey: Hashable {
    let detector: String
    let place: String
    let action: Action
  }
}

extension Destination {
  /// Clear text shows its port.
  fileprivate var shortText: String { port == 443 || port == 0 ? host : description }
}

extension PlacesThatRun.Change.Kind {
  fileprivate var sentence: String {
    switch self {
    case .new: "new, runs later"
    case .changed: "changed, runs later"
    case .removed: "removed"
    case .mode: "other permissions, runs later"
    }
  }
}
