/// Rows and columns that fit the terminal.
package struct Table: Sendable {
  package let columns: [Column]
  package var rows: [[Piece]]

  /// - Parameter rows: each with one piece for each column; missing ones are blank, surplus ones left out.
  package init(_ columns: [Column], rows: [[Piece]] = []) {
    self.columns = columns
    self.rows = rows
  }

  package struct Column: Sendable, Hashable {
    package let title: String
    package let alignment: Alignment
    /// What is cut off where the table is too wide; a column without never shrinks.
    package let ellipsis: Ellipsis?

    package init(_ title: String, _ alignment: Alignment = .leading, ellipsis: Ellipsis? = nil) {
      self.title = title
      self.alignment = alignment
      self.ellipsis = ellipsis
    }
  }

  package enum Alignment: Sendable, Hashable { case leading, trailing }
}

extension Table {
  /// Columns between two columns.
  private static let gap = 2
  /// Columns that a shrunken column keeps: a letter or two beside the ellipsis.
  private static let leastShrunkWidth = 6

  /// The head, where a column has a title, and one line for each row.
  ///
  /// - Parameters:
  ///   - columns: the room there is, indentation included; nothing is cut in ``PresentationLimits/unboundedColumns``.
  ///   - indentation: columns left free at the start of each line.
  package func lines(columns room: Int, indentation: Int = 0) -> [Line] {
    let isCut = room < PresentationLimits.unboundedColumns
    let widths = isCut ? widths(fitting: room - indentation) : wanted.map { min($0, PresentationLimits.mostAligned) }
    let margin = Piece(String(repeating: " ", count: indentation))
    var lines: [Line] = []
    if columns.contains(where: { !$0.title.isEmpty }) {
      lines.append(line(columns.map { Piece($0.title, .muted) }, widths: widths, isCut, margin))
    }
    lines += rows.map { line($0, widths: widths, isCut, margin) }
    return isCut ? lines.map { $0.cut(to: room) } : lines
  }

  private func line(_ cells: [Piece], widths: [Int], _ isCut: Bool, _ margin: Piece) -> Line {
    var line = margin.text.isEmpty ? Line() : Line(margin)
    for (position, (column, width)) in zip(columns, widths).enumerated() {
      let whole = position < cells.count ? cells[position] : ""
      let cell = isCut ? whole.cut(to: width, column.ellipsis ?? .atEnd) : whole
      let blank = String(repeating: " ", count: max(0, width - cell.width))
      let separator = position == 0 ? "" : String(repeating: " ", count: Self.gap)
      switch column.alignment {
      case .leading:
        line.append(Piece(separator))
        line.append(cell)
        line.append(Piece(blank))
      case .trailing:
        line.append(Piece(separator + blank))
        line.append(cell)
      }
    }
    return line
  }

  /// What each column asks for.
  private var wanted: [Int] {
    columns.enumerated().map { position, column in
      rows.reduce(DisplayWidth.of(column.title)) { widest, row in
        position < row.count ? max(widest, row[position].width) : widest
      }
    }
  }

  /// Where that is too much, the widest that may shrink give way first.
  private func widths(fitting room: Int) -> [Int] {
    var widths = wanted
    var excess = widths.reduce(0, +) + Self.gap * max(0, columns.count - 1) - room
    while excess > 0 {
      let shrinkable = widths.indices.filter { columns[$0].ellipsis != nil && widths[$0] > Self.leastShrunkWidth }
      guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
      // Down to the next widest in one step, so that a hostile length costs no more than a few rounds.
      let next = shrinkable.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
      let step = max(1, min(excess, widths[widest] - max(next, Self.leastShrunkWidth)))
      widths[widest] -= step
      excess -= step
    }
    return widths
  }
}
