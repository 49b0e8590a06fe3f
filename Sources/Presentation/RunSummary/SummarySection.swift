/// A labelled list below the table.
struct SummarySection {
  let label: String
  /// Each entry is one or more lines that belong together.
  let entries: [[Line]]

  /// Columns before the entries, label and gap included.
  static let labelColumns = 15

  static func label(_ text: String) -> Piece {
    Piece("  " + text + String(repeating: " ", count: max(1, labelColumns - 2 - text.count)), .muted)
  }

  /// The first entries, the label before the first line, and what is left out counted.
  func lines(showing count: Int) -> [Line] {
    var lines = entries.prefix(count).flatMap { $0 }
    if count < entries.count {
      let more = entries.count - count
      lines.append(Line(Piece(count == 0 ? "\(more.grouped) in all" : "and \(more.grouped) more", .muted)))
    }
    return lines.enumerated().map { position, line in
      Line([Self.label(position == 0 ? label : "")] + line.pieces)
    }
  }
}
