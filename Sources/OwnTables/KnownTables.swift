/// All tables of an installation, ready to be looked for. Immutable; for any number of threads.
package struct KnownTables: Sendable {
  let indexes: [TableIndex]
  let key: TableKey?

  package static let none = KnownTables(indexes: [], key: nil)

  private init(indexes: [TableIndex], key: TableKey?) {
    self.indexes = indexes
    self.key = key
  }

  init(_ indexes: [TableIndex], key: TableKey) {
    self.init(indexes: indexes, key: key)
  }

  package var isEmpty: Bool { indexes.isEmpty }

  /// What is told of each, in order.
  package var tables: [IndexedTable] { indexes.map(\.table) }
}
