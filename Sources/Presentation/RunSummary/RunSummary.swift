internal import Evidence

/// The end of a run on one screen: what left, to whom and what for, what was stopped and how to allow it, what the
/// agent touched, and whether the evidence holds.
///
/// It is at most ``PresentationLimits/summaryLines`` lines. Lists that are longer end in the count of what is left
/// out; totals always count everything.
package struct RunSummary: Sendable {
  let bill: RunBill
  let terminal: Terminal

  package init(_ bill: RunBill, for terminal: Terminal) {
    self.bill = bill
    self.terminal = terminal
  }

  package var text: String { lines.rendered(terminal.style) }

  package var lines: [Line] {
    let closing = [ledgerLine] + (reportLine.map { [$0] } ?? [])
    let room = PresentationLimits.summaryLines - title.count - closing.count - tableFrame
    let layout = layout(in: room)
    let middle =
      table(showing: layout.shown[0])
      + zip(layout.sections, layout.shown.dropFirst()).flatMap { $0.lines(showing: $1) }
    return (title + middle + closing).map { $0.cut(to: terminal.tableColumns) }
  }

  /// Which entries are shown: everything as long as it fits; then remedies are given up for entries, and only then
  /// rows of the table for lists that would show nothing of themselves.
  private func layout(in room: Int) -> (sections: [SummarySection], shown: [Int]) {
    let most = PresentationLimits.favouredSummaryRows
    let tries =
      SummaryDetail.allCases.map { (most, $0) } + (0..<most).reversed().map { ($0, SummaryDetail.firstRemedy) }
    var layout: (sections: [SummarySection], shown: [Int]) = ([], [0])
    for (favouredRows, detail) in tries {
      let sections = sections(detail)
      let shown = ScreenBudget(heights: [rankedRows.map { _ in 1 }] + sections.map { $0.entries.map(\.count) })
        .shown(in: room, favoured: favouredRows)
      layout = (sections, shown)
      let isEnough = zip(sections, shown.dropFirst()).allSatisfy { section, count in
        detail == .firstRemedy ? count > 0 : count == section.entries.count
      }
      if isEnough { break }
    }
    return layout
  }

  /// Lines of the table that are no rows: head, total and the blank one below.
  private var tableFrame: Int { bill.rows.isEmpty ? 2 : 3 }

  private var title: [Line] {
    let claim = bill.agent.versionSource == .userAgent ? "(as it says)" : nil
    let name = [bill.agent.id, bill.agent.version, claim].compactMap { $0 }.joined(separator: " ")
    let facts = Piece(" · \(bill.duration.reading) · ", .muted)
    let status = Piece("exit \(bill.exitStatus)", bill.exitStatus == 0 ? .muted : .notice)
    // A long name must not push the figures off the line.
    let room = terminal.columns - facts.width - status.width - 4
    let start = Piece(name, .strong).cut(to: max(room - bill.run.text.count, room / 2), .atEnd)
    let used = start.width + facts.width + status.width + bill.run.text.count
    // The rule sets the summary off from whatever the agent wrote last.
    let rule = String(repeating: "─", count: max(0, terminal.columns - used - 2))
    return [Line(start, facts, status, Piece(" \(rule) ", .muted), Piece(bill.run.text, .muted)), Line()]
  }

  private var ledgerLine: Line {
    let ledger = bill.ledger
    let standing =
      ledger.isVerified
      ? [Piece("verified", .good), Piece(": \(ledger.entries.counted("entry", "entries")) of this run")]
      : ledger.isCutShort
        ? [Piece("not whole", .bad), Piece(": the end of this run could not be written to it")]
        : [Piece("does not verify", .bad), Piece(": sallyport log verify says where")]
    return Line(
      [SummarySection.label("ledger")] + standing
        + [Piece(ledger.isVerified ? ", signed up to \(ledger.checkpointSize.grouped)" : "", .muted)])
  }

  private var reportLine: Line? {
    bill.reportPath.map { path in
      let room = terminal.columns - SummarySection.labelColumns
      return Line(SummarySection.label("report"), Piece(path).cut(to: room, .atStart))
    }
  }
}
