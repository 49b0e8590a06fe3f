internal import Evidence
package import OwnTables

/// Where the indexes of the organisation's own tables are kept.
package struct TableIndexPlace: Sendable {
  private let state: StateDirectory

  init(state: StateDirectory) { self.state = state }

  /// That of who runs this process.
  ///
  /// - Throws: ``RunError`` with `.usage` where `HOME` is not set.
  package static func own() throws(RunError) -> TableIndexPlace {
    TableIndexPlace(state: try StateDirectory.own())
  }

  /// The indexes, with the installation's key for them, which is made once.
  ///
  /// - Throws: ``RunError`` with `.state`.
  package func store() throws(RunError) -> TableStore {
    StateDirectory.makeIfPossible(state.keys)
    StateDirectory.makeIfPossible(state.tables)
    let secret = try KeyFile.loadOrCreate("\(state.keys)/index.key")
    return TableStore(directory: state.tables, key: TableKey(Secret(secret)))
  }

  /// What is looked for.
  ///
  /// - Throws: ``RunError`` with `.state`, or `.configuration` where an index cannot be used: to look without it would
  ///   find less than was asked for.
  func tables() throws(RunError) -> KnownTables {
    guard !TableStore.isEmpty(state.tables) else { return .none }
    let store = try store()
    do {
      return try store.tables()
    } catch {
      throw RunError(.configuration, at: error.place, error.sentence, remedy: error.remedy)
    }
  }
}
