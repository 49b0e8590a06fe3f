internal import Evidence

extension RunSummary {
  /// Only those that have something to say.
  ///
  /// - Parameter sentenceLines: lines that one sentence may wrap over.
  func sections(sentenceLines: Int) -> [SummarySection] {
    [uninspected, blocked(sentenceLines: sentenceLines), found, touched, started].filter { !$0.entries.isEmpty }
  }

  private var room: Int { terminal.columns - SummarySection.labelColumns }

  private var uninspected: SummarySection {
    let hasSent = bill.rows.contains { $0.bytesOut > 0 }
    if hasSent, bill.rows.allSatisfy({ $0.uninspectedBytes == 0 }) {
      return SummarySection(
        label: "uninspected", entries: [[Line(Piece("nothing", .good), ": every byte that left was looked into")]])
    }
    let entries = bill.rows.filter { $0.uninspectedBytes > 0 }
      .sorted { $0.uninspectedBytes > $1.uninspectedBytes }
      .map { row in
        let size = Piece(ByteCount(row.uninspectedBytes).description, .notice)
        return [Line(size, Piece(" to "), Piece(row.destination).cut(to: room - size.width - 4, .atStart))]
      }
    return SummarySection(label: "uninspected", entries: entries)
  }

  private func blocked(sentenceLines: Int) -> SummarySection {
    let entries = bill.blockedRules.sorted { $0.count > $1.count }.map { rule in
      let count = Piece(rule.count == 1 ? "" : "\(rule.count.grouped) × ", .bad)
      let place = Piece(rule.place.isEmpty ? "" : "  " + rule.place, .muted).cut(to: room / 2, .atStart)
      let indentation = Piece(String(repeating: " ", count: count.width))
      var lines = Paragraph(rule.sentence, columns: room - count.width - place.width, limit: sentenceLines).lines
        .enumerated().map { Line($0 == 0 ? count : indentation, Piece($1)) }
      if !lines.isEmpty { lines[lines.count - 1].append(place) }
      let remedy = rule.remedy.isEmpty ? [] : Paragraph(rule.remedy, columns: room - 2, limit: sentenceLines).lines
      return lines + remedy.enumerated().map { Line(Piece($0 == 0 ? "→ " : "  ", .muted), Piece($1, .muted)) }
    }
    return SummarySection(label: "blocked", entries: entries)
  }

  private var found: SummarySection {
    let entries = bill.findings.map { finding in
      let outcome = Piece(" → " + finding.action.pastTense, finding.action.tint)
      let count = finding.count == 1 ? "" : "\(finding.count.grouped) × "
      let detector = Piece(count + finding.detector, .notice).cut(to: room - outcome.width, .atEnd)
      let place = Piece(" in \(finding.place)").cut(to: room - detector.width - outcome.width, .atEnd)
      return [Line(detector, place, outcome)]
    }
    return SummarySection(label: "found", entries: entries)
  }

  private var touched: SummarySection {
    let entries = bill.noteworthyFiles.map { file in
      let what = Piece(": " + file.what).cut(to: room - 8, .atEnd)
      return [Line(Piece(file.path, .notice).cut(to: room - what.width, .atStart), what)]
    }
    return SummarySection(label: "touched", entries: entries)
  }

  private var started: SummarySection {
    var names = ""
    for (position, program) in bill.programs.enumerated() {
      let name = Ellipsis.atEnd.cut(Sanitised(program).text, to: room / 2)
      let joined = names.isEmpty ? name : names + ", " + name
      let isLast = position == bill.programs.count - 1
      let rest = isLast ? "" : " and \((bill.programs.count - position - 1).grouped) more"
      if DisplayWidth.of(joined + rest) > room {
        return SummarySection(
          label: "started", entries: [[Line(Piece(names + " and \((bill.programs.count - position).grouped) more"))]])
      }
      names = joined
    }
    return SummarySection(label: "started", entries: names.isEmpty ? [] : [[Line(Piece(names))]])
  }
}

extension Action {
  fileprivate var pastTense: String {
    switch self {
    case .allow: "let through"
    case .report: "let through, reported"
    case .redact: "redacted"
    case .ask: "asked"
    case .block: "blocked"
    }
  }

  fileprivate var tint: Tint {
    switch self {
    case .allow, .report: .notice
    case .redact: .good
    case .ask, .block: .bad
    }
  }
}
