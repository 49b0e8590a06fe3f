internal import ArgumentParser
internal import Evidence
internal import OwnTables
internal import Run

/// `sallyport index` of tables.
struct TableIndexing {
  let paths: [String]
  let columns: [String]?
  let name: String?
  let dataClass: DataClass?

  /// The classes that a table's values may have: those of things that are somebody's.
  static let classes: [DataClass] = [.personal, .financial, .proprietary, .credential]

  static func dataClass(_ word: String) throws -> DataClass {
    guard let dataClass = DataClass(rawValue: word), classes.contains(dataClass) else {
      throw Choice.refusal("--class", word, among: classes.map(\.rawValue))
    }
    return dataClass
  }

  static func columns(_ text: String?) -> [String]? {
    text?.split(separator: ",").map { $0.trimmingPrefix(while: \.isWhitespace) }.map(String.init)
  }

  func index() throws -> [TableStore.Outcome] {
    let store = try TableIndexPlace.own().store()
    return try paths.map { path in
      guard let table = CodeIndexPlace.canonical(path) else {
        throw Exit.missingInput.end("\(path): is not there. Name a file with a table.")
      }
      return try store.index(table, columns: columns, name: name, dataClass: dataClass)
    }
  }
}
