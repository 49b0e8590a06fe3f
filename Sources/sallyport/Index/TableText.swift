internal import Evidence
internal import OwnTables
internal import Presentation

/// What was indexed of tables, for people and for machines.
enum TableText {
  static func json(_ outcome: TableStore.Outcome) -> JSONValue {
    guard case .object(var members) = outcome.table.json else { return outcome.table.json }
    members["read"] = .bool(outcome.wasRead)
    return .object(members)
  }

  static func line(_ outcome: TableStore.Outcome) -> Line {
    let table = outcome.table
    let read = outcome.wasRead ? "" : ", not changed"
    return Line(
      Piece(Sanitised(table.path).text, .strong),
      Piece(
        ": \(table.rows.counted("row")), \(table.values.counted("different value")) of "
          + "\(table.columns.count.counted("column"))\(read)"))
  }

  /// What of it will be found, where that is nothing.
  static func warning(_ outcome: TableStore.Outcome) -> String? {
    let table = outcome.table
    guard table.values == 0 else { return nil }
    guard table.rows > 0 else {
      return "\(table.path): has a head and no row, so nothing of it will be found. Name a table with values."
    }
    return "\(table.path): no value of its \(table.rows.counted("row")) is one that is kept, so nothing of it will be "
      + "found. Kept is what has 6 to 128 letters and digits and stands in at most eight rows; name other columns."
  }

  static func table(_ tables: [IndexedTable], columns: Int) -> [Line] {
    var table = Table([
      .init("name", ellipsis: .atEnd), .init("table", ellipsis: .atStart), .init("class"), .init("rows", .trailing),
      .init("values", .trailing), .init("columns", ellipsis: .atEnd), .init("indexed"),
    ])
    table.rows = tables.map { entry in
      [
        Piece(Sanitised(entry.name).text), Piece(Sanitised(entry.path).text), Piece(entry.dataClass.rawValue),
        Piece(entry.rows.grouped), Piece(entry.values.grouped),
        Piece(Sanitised(entry.columns.joined(separator: ", ")).text),
        Piece(String("\(entry.indexed)".prefix(16)) + "Z", .muted),
      ]
    }
    return table.lines(columns: columns)
  }
}
