internal import Evidence

extension RunBill {
  /// The bill of a run whose report was kept.
  package init(_ report: RunReport, reportPath: String? = nil) {
    self.init(
      run: report.run, agent: report.agent,
      duration: .milliseconds(
        max(0, report.ended.millisecondsSinceEpoch - report.started.millisecondsSinceEpoch)),
      rows: report.billRows, blockedRules: report.blockedRules, left: RunBill.Left.of(report.exchanges),
      noteworthyFiles: report.noteworthyFiles,
      tried: report.tried, programs: report.programs.map(\.path), findings: report.findingLines,
      ledger: .init(
        entries: report.ledger.entries ?? 0, checkpointSize: report.ledger.size,
        isVerified: report.ledger.isVerified, isCutShort: report.ledger.isCutShort),
      reportPath: reportPath, exitStatus: Int32(clamping: report.exitStatus))
  }
}

extension RunReport {
  private struct RowKey: Hashable {
    let purpose: Purpose
    let destination: Destination
  }

  fileprivate var billRows: [RunBill.Row] {
    Dictionary(grouping: exchanges) { RowKey(purpose: $0.purpose, destination: $0.destination) }.map {
      key, exchanges in
      RunBill.Row(
        purpose: key.purpose, destination: exchanges[0].place, requests: exchanges.count,
        bytesOut: exchanges.saturatingSum(\.forwardedBytes), bytesIn: exchanges.saturatingSum(\.responseBytes),
        findings: exchanges.saturatingSum(\.findings.count),
        blocked: exchanges.count { $0.decision.action == .block },
        uninspectedBytes: exchanges.saturatingSum { $0.protocolName == .uninspected ? $0.forwardedBytes : 0 })
    }
  }

  fileprivate var blockedRules: [RunBill.BlockedRule] {
    let blocked = exchanges.filter { $0.decision.action == .block }
    return Dictionary(grouping: blocked) { $0.decision.rule }.map { rule, exchanges in
      let hosts = Set(exchanges.map(\.destination.host)).sorted().joined(separator: ", ")
      return RunBill.BlockedRule(
        sentence: "\(rule.name): \(hosts)", remedy: exchanges[0].decision.remedy, place: "\(rule.file):\(rule.line)",
        count: exchanges.count)
    }.sorted { ($1.count, $0.sentence) < ($0.count, $1.sentence) }
  }

  fileprivate var noteworthyFiles: [RunBill.NoteworthyFile] {
    notLookedAt.map { .init(path: $0, what: "NOT LOOKED AT for protected files") }
      + protected.map { .init(path: $0.path, what: $0.sentence) }
      + runsLater.map { .init(path: $0.path, what: "\($0.reason), \($0.change.sentence)") }
      + opened.map { file in
        let deed = file.isThere ? (file.isForWriting ? "written" : "read") : "looked for"
        return .init(path: file.path, what: "\(file.reason), \(deed)\(file.program.map { " by \($0)" } ?? "")")
      }
  }

  fileprivate var tried: RunBill.Tried {
    let told = Set(exchanges.map(\.destination.host) + connectionsTried.map(\.destination.host))
    var unique: [String] = []
    for attempt in connectionsTried {
      let text = attempt.destination.description + (attempt.isDatagram ? " (UDP)" : "")
      if !unique.contains(text) { unique.append(text) }
    }
    return RunBill.Tried(
      destinations: unique, datagramsRefused: datagramsRefused,
      names: names.filter { !told.contains($0.name) }.map { $0.names == 1 ? $0.name : "\($0.names) of \($0.name)" })
  }

  private struct FindingKey: Hashable {
    let detector: String
    let place: String
    let action: Action
  }

  fileprivate var findingLines: [RunBill.FindingLine] {
    var counts: [FindingKey: Int] = [:]
    for exchange in exchanges {
      for finding in exchange.findings {
        let under = finding.layers.isEmpty ? "" : ", under " + finding.layers.joined(separator: ", ")
        let place = "\(finding.place)\(under) to \(exchange.destination.host)"
        counts[.init(detector: finding.detector, place: place, action: exchange.decision.action), default: 0] += 1
      }
    }
    return counts.map { .init(detector: $0.key.detector, place: $0.key.place, action: $0.key.action, count: $0.value) }
      .sorted { ($0.detector, $0.place) < ($1.detector, $1.place) }
  }
}

extension RunReport.ChangedFile.Change {
  fileprivate var sentence: String {
    switch self {
    case .new: "new, runs later"
    case .changed: "changed, runs later"
    case .removed: "removed"
    case .mode: "other permissions, runs later"
    }
  }
}
