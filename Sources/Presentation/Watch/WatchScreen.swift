package import Evidence

/// A run under way as a screen shows it: never more lines than there are rows, nor wider than there are columns.
package struct WatchScreen: Sendable {
  let state: WatchState
  let columns: Int
  let rows: Int
  let now: Timestamp

  package init(_ state: WatchState, columns: Int, rows: Int, now: Timestamp) {
    self.state = state
    self.columns = min(max(columns, 1), PresentationLimits.mostColumns)
    self.rows = max(rows, 1)
    self.now = now
  }

  package var lines: [Line] {
    let head = header
    let foot = footer
    let asked = questionLines(in: max(0, rows - head.count - foot.count))
    let room = rows - head.count - foot.count - asked.count
    let table = exchangeLines(in: room)
    let gap = Array(repeating: Line(), count: max(0, room - table.count))
    return (head + asked + table + gap + foot).prefix(rows).map { $0.cut(to: columns) }
  }

  /// The question that ``lines`` show so that a person can read it; only that may a key answer.
  package var shownQuestion: Int? {
    let room = max(0, rows - header.count - footer.count)
    guard columns >= PresentationLimits.leastColumns, !questionLines(in: room).isEmpty else { return nil }
    return state.selected
  }

  // MARK: Above

  private var header: [Line] {
    guard let card = state.card else { return [Line(Piece("connecting", .muted))] }
    let agent = [card.agent.id, newestVersion].compactMap(\.self).joined(separator: " ")
    let facts = Piece(" · \(elapsed.reading) · \(card.posture)", .muted)
    let room = columns - facts.width - 4
    let name = Piece(agent, .strong).cut(to: max(room - card.run.text.count, room / 2), .atEnd)
    let rule = String(repeating: "─", count: max(0, columns - name.width - facts.width - card.run.text.count - 2))
    let title = Line(name, facts, Piece(" \(rule) ", .muted), Piece(card.run.text, .muted))
    guard rows >= 12 else { return [title] }
    let label = "  policy "
    let file = Piece(card.policyFile).cut(to: columns / 2 - label.count, .atStart)
    let policy = Piece(label + file.text, .muted)
    let place = Line(Piece(card.workspace).cut(to: max(8, columns - policy.width), .atStart), policy)
    return rows >= 16 ? [title, place, Line()] : [title, place]
  }

  /// What a client said of itself in the run goes before what was known at its start.
  private var newestVersion: String? {
    let agent = state.recent.last?.agent
    return (agent?.id == state.card?.agent.id ? agent?.version : nil) ?? state.card?.agent.version
  }

  private var elapsed: Duration {
    guard let card = state.card else { return .zero }
    return .milliseconds(max(0, now.millisecondsSinceEpoch - card.started.millisecondsSinceEpoch))
  }

  // MARK: Questions

  /// - Returns: empty, or all that a person must see to answer, and as much more as there is room for.
  private func questionLines(in room: Int) -> [Line] {
    let asked = state.questions
    guard let place = asked.firstIndex(where: { $0.question.id == state.selected }) else { return [] }
    let exchange = asked[place].question.exchange
    let head = who(exchange, clock(until: asked[place].deadline))
    let others = asked.count == 1 ? "" : "   \(place + 1) of \(asked.count), tab for the next"
    let keys = Line(Piece("  y", .strong), " yes  ", Piece("n", .strong), " no", Piece(others, .muted))
    guard room > head.count else { return [] }
    let lines = head + why(exchange).prefix(room - head.count - 1) + [keys]
    return room > lines.count ? lines + [Line()] : lines
  }

  private func clock(until deadline: Timestamp) -> Piece {
    let left = max(0, deadline.millisecondsSinceEpoch - now.millisecondsSinceEpoch) / 1000
    return Piece("  \(left) s", left < 10 ? .bad : .muted)
  }

  /// On one line, or on two: whoever answers must see the whole of a destination, and at least its end.
  private func who(_ exchange: Exchange, _ clock: Piece) -> [Line] {
    let (mark, room) = (Piece("? ", .notice), columns - 2 - clock.width)
    let (bytes, purpose) = (ByteCount(exchange.requestBytes), exchange.purpose.rawValue)
    let whole = Piece("\(exchange.agent.id) wants to send \(bytes) to \(exchange.destination) (\(purpose))", .strong)
    if whole.width <= room { return [Line(mark, whole, clock)] }
    let destination = Piece("\(exchange.destination)", .strong).cut(to: columns - 2, .atStart)
    let what = Piece("\(exchange.agent.id) wants to send \(bytes) (\(purpose)) to").cut(to: room, .atEnd)
    return [Line(mark, what, clock), Line(Piece("  "), destination)]
  }

  /// What is in it, and what led to the question; the most important first.
  private func why(_ exchange: Exchange) -> [Line] {
    var lines: [Piece] = []
    if !exchange.detectors.isEmpty { lines.append(Piece("  found \(exchange.detectors)", .notice)) }
    if !exchange.linesLeft.isEmpty {
      let paths = Set(exchange.attributed.sources.map(\.path)).sorted()
      let names = Enumeration(paths, columns: max(1, columns / 2), .atStart).text
      lines.append(Piece("  with \(exchange.linesLeft): \(names)", .notice))
    }
    for reason in exchange.decision.reasons.prefix(3) { lines.append(Piece("  because \(reason.statement)")) }
    lines.append(Piece("  rule \(exchange.decision.rule)", .muted))
    return lines.map { Line($0.cut(to: columns, .atEnd)) }
  }

  // MARK: Exchanges

  private func exchangeLines(in room: Int) -> [Line] {
    guard room > 1 else { return [] }
    guard !state.recent.isEmpty else { return [Line(Piece("  Nothing has been sent yet.", .muted))] }
    var table = Table([
      .init("time", .trailing), .init("purpose"), .init("destination", ellipsis: .atStart), .init("out", .trailing),
      .init("decision"), .init("lines", .trailing), .init("found", ellipsis: .atEnd),
    ])
    let shown = state.recent.suffix(room - 1)
    // To whom goes before what was found, whose kinds the line of a question and the log tell in full.
    let widest = shown.reduce(0) { max($0, DisplayWidth.of($1.place)) }
    let found = max(8, columns - PresentationLimits.watchedColumns - min(widest, PresentationLimits.watchedDestination))
    for exchange in shown { table.rows.append(row(exchange, found: found)) }
    return table.lines(columns: columns, indentation: 2)
  }

  private func row(_ exchange: Exchange, found room: Int) -> [Piece] {
    let isBlocked = exchange.decision.action == .block
    let bytes = isBlocked ? 0 : exchange.forwardedBytes > 0 ? exchange.forwardedBytes : exchange.requestBytes
    let time =
      exchange.started.millisecondsSinceEpoch - (state.card?.started ?? exchange.started).millisecondsSinceEpoch
    let isOnItsWay = !isBlocked && exchange.forwardedBytes == 0
    return [
      Piece(Self.clock(time), .muted), Piece(exchange.purpose.rawValue),
      Piece(exchange.place, isBlocked ? .muted : nil), Piece(ByteCount(bytes).description, isOnItsWay ? .muted : nil),
      Piece(exchange.decision.action.deed, exchange.decision.action.deedTint),
      exchange.linesColumn, Piece(exchange.detectors, .notice).cut(to: room, .atEnd),
    ]
  }

  /// Minutes and seconds since the run began: `0:07`, `72:10`.
  private static func clock(_ milliseconds: Int64) -> String {
    let seconds = max(0, milliseconds) / 1000
    return "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
  }

  // MARK: Below

  private var footer: [Line] {
    var lines: [Line] = rows >= 16 ? [Line()] : []
    if rows >= 10 { lines.append(filesLine) }
    lines.append(totalLine)
    if rows >= 8 { lines.append(lastLine) }
    return lines
  }

  private var filesLine: Line {
    let label = SummarySection.label("files left")
    guard state.fileCount > 0 else {
      return Line(label, Piece(state.totals.uncompared == 0 ? "none" : "not known", .muted))
    }
    let least = state.totals.uncompared == 0 ? "" : "at least "
    let count = Piece("\(least)\(state.totals.lines.counted("line")) of \(state.fileCount.grouped): ")
    let names = state.files.prefix(PresentationLimits.watchedFiles).map { "\($0.path) (\($0.lines.grouped))" }
    let room = columns - SummarySection.labelColumns - count.width
    let text = Enumeration(names, columns: room, .atStart, unnamed: state.fileCount - names.count).text
    return Line(label, count, Piece(text))
  }

  private var totalLine: Line {
    let totals = state.totals
    let facts = [
      Piece(totals.requests.counted("request")),
      Piece("\(ByteCount(totals.bytesOut)) out, \(ByteCount(totals.bytesIn)) in"),
      Piece("\(totals.blocked.grouped) blocked", totals.blocked == 0 ? .muted : .bad),
      Piece("\(totals.findings.grouped) found", totals.findings == 0 ? .muted : .notice),
    ]
    var line = Line(SummarySection.label("total"))
    for (position, fact) in facts.enumerated() {
      if position > 0 { line.append(Piece(" · ", .muted)) }
      line.append(fact)
    }
    return line
  }

  private var lastLine: Line {
    if let refusal = state.refusal { return Line(Piece("  \(refusal)", .notice)) }
    return Line(Piece("  q or Control-C leaves; the run goes on", .muted))
  }
}

extension Exchange {
  /// Clear text shows its port.
  var place: String { destination.port == 443 || destination.port == 0 ? destination.host : destination.description }

  /// What was found, each kind once.
  var detectors: String {
    var counts: [(name: String, count: Int)] = []
    for finding in findings {
      let name = finding.place == .answer ? "\(finding.detector) in the answer" : finding.detector
      if let place = counts.firstIndex(where: { $0.name == name }) {
        counts[place].count += 1
      } else {
        counts.append((name, 1))
      }
    }
    return counts.map { $0.count == 1 ? $0.name : "\($0.count.grouped) × \($0.name)" }.joined(separator: ", ")
  }

  /// Lines that go there for the first time; in brackets those that were there before, where there are no others.
  fileprivate var linesColumn: Piece {
    let first = attributed.sources.saturatingSum { $0.isFirstSent ? $0.lineCount : 0 }
    let again = attributed.sources.saturatingSum { $0.isFirstSent ? 0 : $0.lineCount }
    if first > 0 { return Piece(first.grouped) }
    return again > 0 ? Piece("(\(again.grouped))", .muted) : ""
  }

  /// `40 lines of 3 files`; those that were sent there before are `again`.
  var linesLeft: String {
    let sources = attributed.sources
    guard !sources.isEmpty else { return "" }
    let first = sources.saturatingSum { $0.isFirstSent ? $0.lineCount : 0 }
    let again = sources.saturatingSum { $0.isFirstSent ? 0 : $0.lineCount }
    let files = Set(sources.map(\.path)).count
    let repeats = again == 0 ? "" : first == 0 ? " again" : " (+\(again.grouped) again)"
    return (first == 0 ? again : first).counted("line") + repeats + " of \(files.counted("file"))"
  }
}

extension Action {
  /// What was done, in one word.
  var deed: String {
    switch self {
    case .allow: "allowed"
    case .report: "reported"
    case .redact: "redacted"
    case .ask: "asked"
    case .block: "blocked"
    }
  }

  var deedTint: Tint {
    switch self {
    case .allow: .good
    case .report, .redact: .notice
    case .ask, .block: .bad
    }
  }
}
