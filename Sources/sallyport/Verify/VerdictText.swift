internal import Presentation
internal import Verification

/// Verdicts for people: a table for each group, what failed once more and whole, and the counts.
struct VerdictText {
  let text: String

  init(_ verdicts: [Verdict], _ terminal: Terminal) {
    var text = ""
    // A row that passed saw what was expected: where there is no room for both, that is enough.
    let isNarrow = terminal.tableColumns < Self.leastRoomForAll
    for group in Attempt.Group.allCases {
      let own = verdicts.filter { $0.attempt.group == group }
      guard !own.isEmpty else { continue }
      let columns = isNarrow ? Array(Self.columns.prefix(2)) : Self.columns
      var table = Table(columns + [.init("seen", ellipsis: .atEnd), .init("")])
      for verdict in own {
        table.rows.append(
          Self.cells(verdict.attempt).prefix(columns.count) + [
            Piece(verdict.seen, verdict.passed ? .good : .bad),
            Piece(verdict.passed ? "ok" : "FAILED", verdict.passed ? .good : .bad),
          ])
      }
      text += [Line(Piece(group.rawValue, .strong))].rendered(terminal.style) + Self.render(table, terminal) + "\n"
    }
    let failed = verdicts.filter { !$0.passed }
    text += failed.flatMap(Self.whole).rendered(terminal.style)
    self.text =
      text + "\(verdicts.count) attempts, \(verdicts.count - failed.count) as expected, \(failed.count) failed\n"
  }

  static func list(_ attempts: [Attempt], _ terminal: Terminal) -> String {
    render(Table(columns, rows: attempts.map(cells)), terminal)
  }

  private static func whole(_ verdict: Verdict) -> [Line] {
    [
      Line(Piece("FAILED ", .bad), Piece("\(verdict.attempt.id)  \(verdict.attempt.title)")),
      Line(Piece("  expected: ", .muted), Piece(verdict.attempt.expectation.text)),
      Line(Piece("  seen:     ", .muted), Piece(verdict.seen)),
      Line(),
    ]
  }

  private static let columns: [Table.Column] = [
    .init("id"), .init("attempt", ellipsis: .atEnd), .init("expected", ellipsis: .atEnd),
  ]

  private static func cells(_ attempt: Attempt) -> [Piece] {
    [Piece(attempt.id), Piece(attempt.title), Piece(attempt.expectation.text, .muted)]
  }

  /// Columns in which the longest attempt, what is expected of it and what is seen mostly have room.
  private static let leastRoomForAll = 110

  private static func render(_ table: Table, _ terminal: Terminal) -> String {
    table.lines(columns: terminal.tableColumns).rendered(terminal.style)
  }
}
