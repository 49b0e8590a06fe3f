/// How much of a table a finding is that stands for many records.
package struct FoundTable: Sendable, Hashable {
  /// Records in which at least two kinds of things stand, one of them worth more than a note.
  package let records: Int
  /// The detectors whose things stand in a quarter of them or more: the table's columns, by name.
  package let columns: [String]

  package init(records: Int, columns: [String]) {
    self.records = records
    self.columns = columns
  }
}

extension FoundTable: JSONRepresentable {
  package var json: JSONValue {
    ["records": .integer(records), "columns": .array(columns.map { .string($0) })]
  }
}
