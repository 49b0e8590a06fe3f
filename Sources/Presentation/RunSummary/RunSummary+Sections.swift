internal import Evidence

extension RunSummary {
  /// Only those that have something to say.
  func sections(_ detail: SummaryDetail) -> [SummarySection] {
    [left, uninspected, blocked(detail), found, tried, touched, started].filter { !$0.entries.isEmpty }
  }

  var room: Int { terminal.columns - SummarySection.labelColumns }

  /// Whose lines left, the most first; then those that got something, but nothing of any file.
  private var left: SummarySection {
    var lines = RunBill.Left.most(bill.left).map { left in
      let amount = left.amount + (left.isCertain ? "" : " at least")
      let purpose = Piece(" (\(left.purpose.rawValue))")
      let size = Piece(amount, left.purpose == .model ? .strong : .notice)
      let host = Piece(left.destination).cut(to: room - size.width - purpose.width - 4, .atStart)
      return Line(size, Piece(" to "), host, purpose)
    }
    if let rest = nothingLeft {
      if lines.count == 1, lines[0].width + rest.width + 2 <= room {
        lines[0] = Line(lines[0].pieces + [Piece("; ")] + rest.pieces)
      } else {
        lines.append(rest)
      }
    }
    return SummarySection(label: "left", entries: lines.map { [$0] })
  }

  private var nothingLeft: Line? {
    let pieces = NothingLeft(bill.left).parts.map { part in
      switch part.kind {
      case .words: Piece(part.text)
      case .figure: Piece(part.text, .good)
      case .caution: Piece(part.text, .notice)
      }
    }
    return pieces.isEmpty ? nil : Line(pieces)
  }

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

  /// What was found at one place shares a line.
  private var found: SummarySection {
    let entries = bill.findings.grouped(by: { FindingPlace(place: $0.place, action: $0.action) }).map {
      place, findings in
      let outcome = Piece(" → " + place.action.pastTense, place.action.tint)
      let names = findings.map { ($0.count == 1 ? "" : "\($0.count.grouped) × ") + $0.detector }
      let space = room - outcome.width
      // The place gets what the names leave, and no less than a third.
      let detectors = Piece(Enumeration(names, columns: space * 2 / 3, .atEnd).text, .notice)
      return [Line(detectors, Piece(" in \(place.place)").cut(to: space - detectors.width, .atEnd), outcome)]
    }
    return SummarySection(label: "found", entries: entries)
  }

  private struct FindingPlace: Hashable {
    let place: String
    let action: Action
  }

  private var tried: SummarySection {
    func entry(_ names: [String], _ outcome: String) -> [Line] {
      let what = Piece(": " + outcome).cut(to: room / 2, .atEnd)
      return [Line(Piece(Enumeration(names, columns: room - what.width, .atStart).text, .notice), what)]
    }
    var entries: [[Line]] = []
    if !bill.tried.destinations.isEmpty {
      entries.append(entry(bill.tried.destinations, "connected to, nothing sent"))
    }
    if bill.tried.datagramsRefused > 0 {
      entries.append([
        Line(Piece(bill.tried.datagramsRefused.counted("UDP datagram", "UDP datagrams"), .notice), ": refused")
      ])
    }
    if !bill.tried.names.isEmpty { entries.append(entry(bill.tried.names, "looked up, nothing sent")) }
    return SummarySection(label: "tried", entries: entries)
  }

  /// Files that the same happened to share a line, each named once, however many programs did it.
  private var touched: SummarySection {
    let entries = bill.noteworthyFiles.grouped(by: \.what).map { sentence, files in
      let what = Piece(": " + sentence)
      var seen: Set<String> = []
      let names = files.map(\.path).filter { seen.insert($0).inserted }
      guard what.width > room / 2 else {
        return [Line(Piece(Enumeration(names, columns: room - what.width, .atStart).text, .notice), what)]
      }
      // What became of it must not be what is cut off: it gets lines of its own.
      let first = Line(Piece(Enumeration(names, columns: room - 1, .atStart).text, .notice), ":")
      return [first] + Paragraph(sentence, columns: room - 2, limit: 3).lines.map { Line("  ", Piece($0)) }
    }
    return SummarySection(label: "touched", entries: entries)
  }

  /// By their own names; the report has the paths.
  private var started: SummarySection {
    var names: [String] = []
    for program in bill.programs {
      let name = program.split(separator: "/").last.map(String.init) ?? program
      if !names.contains(name) { names.append(name) }
    }
    let line = Line(Piece(Enumeration(names, columns: room, .atEnd).text))
    return SummarySection(label: "started", entries: names.isEmpty ? [] : [[line]])
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
