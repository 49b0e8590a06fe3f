package import Evidence

/// What is told of a table that is indexed; nothing of what is in it.
package struct IndexedTable: Sendable, Hashable {
  package let name: String
  package let path: String
  package let dataClass: DataClass
  /// Those that were looked at; names of columns, not values.
  package let columns: [String]
  package let rows: Int
  /// Different values that are kept.
  package let values: Int
  package let indexed: Timestamp
  /// By which it is known that the file is the same: size, time, number in the file system.
  let stamp: [Int]
}

extension IndexedTable: JSONRepresentable {
  package var json: JSONValue {
    [
      "name": .string(name), "table": .string(path), "class": .string(dataClass.rawValue),
      "columns": .array(columns.map { .string($0) }), "rows": .integer(rows), "values": .integer(values),
      "indexed": .string(indexed.description),
    ]
  }

  var stored: JSONValue {
    guard case .object(var members) = json else { return json }
    members["stamp"] = .array(stamp.map { .integer($0) })
    return .object(members)
  }

  init?(stored: JSONValue) {
    guard let name = stored["name"]?.string, let path = stored["table"]?.string,
      let dataClass = stored["class"]?.string.flatMap(DataClass.init), let columns = stored["columns"]?.array,
      let rows = stored["rows"]?.integer, let values = stored["values"]?.integer,
      let indexed = stored["indexed"]?.string.flatMap(Timestamp.init), let stamp = stored["stamp"]?.array
    else { return nil }
    self.init(
      name: name, path: path, dataClass: dataClass, columns: columns.compactMap(\.string), rows: rows, values: values,
      indexed: indexed, stamp: stamp.compactMap(\.integer))
  }
}
