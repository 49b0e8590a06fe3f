internal import Presentation
internal import Verification

/// Verdicts for people: a table for each group, and the counts.
struct VerdictText {
  let text: String

  init(_ verdicts: [Verdict], _ terminal: Terminal) {
    var text = ""
    for group in Attempt.Group.allCases {
      let own = verdicts.filter { $0.attempt.group == group }
      guard !own.isEmpty else { continue }
      var table = Table(Self.columns + [.init("seen", ellipsis: .atEnd), .init("")])
      for verdict in own {
        table.rows.append(
          Self.cells(verdict.attempt) + [
            Piece(verdict.seen, verdict.passed ? .good : .bad),
            Piece(verdict.passed ? "ok" : "FAILED", verdict.passed ? .good : .bad),
          ])
      }
      text += "\(group.rawValue)\n" + Self.render(table, terminal) + "\n"
    }
    let failed = verdicts.count { !$0.passed }
    self.text = text + "\(verdicts.count) attempts, \(verdicts.count - failed) as expected, \(failed) failed\n"
  }

  static func list(_ attempts: [Attempt], _ terminal: Terminal) -> String {
    render(Table(columns, rows: attempts.map(cells)), terminal)
  }

  private static let columns: [Table.Column] = [
    .init("id"), .init("attempt", ellipsis: .atEnd), .init("expected", ellipsis: .atEnd),
  ]

  private static func cells(_ attempt: Attempt) -> [Piece] {
    [Piece(attempt.id), Piece(attempt.title), Piece(attempt.expectation.text, .muted)]
  }

  /// What is not a terminal has room for everything.
  private static func render(_ table: Table, _ terminal: Terminal) -> String {
    table.lines(columns: terminal.isInteractive ? terminal.columns : 200).rendered(terminal.style)
  }
}
