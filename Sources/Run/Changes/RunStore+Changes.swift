package import Evidence

extension RunStore {
  /// The changes that wait of one run; of the newest that has any where no name is given.
  ///
  /// - Parameter toChange: whether they are to be applied or discarded, which has to wait for the run's end.
  /// - Throws: ``RunError`` with `.usage`, `.programMissing`, `.state` or `.broken`.
  package func changes(of name: RunName?, toChange: Bool) throws(RunError) -> WaitingChanges {
    let id = try changedRun(name)
    if toChange, isLive(id) {
      throw RunError(.usage, at: id.text, "still goes on: its changes can be applied when it has ended.")
    }
    let found = try WaitingChanges(of: id, in: place(id))
    guard let found, !found.changes.isEmpty else {
      throw RunError(.programMissing, at: id.text, "has no changes that wait.")
    }
    return found
  }

  /// Every run of which changes wait, newest first.
  package func runsWithChanges() -> [RunID] {
    newestFirst().map(\.id).filter { FilePaths.isDirectory(place($0).upper) }
  }

  private func changedRun(_ name: RunName?) throws(RunError) -> RunID {
    switch name {
    case nil, .latest(before: 0)?:
      guard let id = runsWithChanges().first else {
        throw RunError(
          .programMissing, at: "", "No changes wait.", remedy: "They do after: sallyport run --overlay -- AGENT")
      }
      return id
    case .latest(let count)?:
      let runs = runsWithChanges()
      guard count < runs.count else {
        throw RunError(.programMissing, at: "latest~\(count)", "there are only \(runs.count) runs with changes.")
      }
      return runs[count]
    case .prefix(let prefix)?: return try id(beginning: prefix)
    case .path(let path)?:
      throw RunError(.usage, at: path, "is a path.", remedy: "Name the run's identifier, how that begins, or latest.")
    }
  }
}
