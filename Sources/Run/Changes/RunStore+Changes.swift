package import Evidence

extension RunStore {
  /// The changes that wait of one run; where no name is given, of the newest in the workspace that we are in.
  ///
  /// - Parameter toDecide: whether they are to be applied or discarded, which has to wait for the run's end.
  /// - Throws: ``RunError`` with `.usage`, `.programMissing`, `.state` or `.broken`.
  package func changes(of name: RunName?, toDecide: Bool) throws(RunError) -> WaitingChanges {
    guard let name else { return try newestChanges(toDecide: toDecide) }
    let id = try changedRun(name)
    guard let found = try changes(id, toDecide: toDecide) else { throw none(id) }
    return found
  }

  /// Forgets all changes of one run, whether its workspace is there or not.
  ///
  /// - Throws: ``RunError`` with `.usage` or `.programMissing`.
  package func discardChanges(of name: RunName) throws(RunError) -> RunID {
    let id = try changedRun(name)
    guard place(id).hasChanges else { throw none(id) }
    let lock = try lock(id)
    withExtendedLifetime(lock) { place(id).remove() }
    return id
  }

  /// Every run in the workspace that we are in of which changes wait, newest first.
  ///
  /// - Throws: ``RunError`` with `.programMissing` where there is none.
  package func runsWithChanges() throws(RunError) -> [RunID] {
    let ids = try newestFirst().map(\.id)
    for id in ids where place(id).isHalfRemoved { place(id).sweep() }
    // A run that ended before its agent began has none, however it ended.
    for id in ids where place(id).hasChanges && place(id).isUntouched && !isLive(id) { place(id).remove() }
    let all = ids.filter { place($0).hasChanges }
    let here = FilePaths.workingDirectory()
    let runs = all.filter { id in workspace(of: id).map { FilePaths.isWithin(here, $0) } ?? false }
    guard runs.isEmpty else { return runs }
    guard let other = all.first else {
      throw RunError(
        .programMissing, at: "", "No changes wait.", remedy: "They do after: sallyport run --overlay -- AGENT")
    }
    throw RunError(
      .programMissing, at: here, "no changes of this workspace wait.",
      remedy: "Of \(workspace(of: other) ?? "another") they do: sallyport changes \(other)")
  }

  private func workspace(of id: RunID) -> String? { try? place(id).beginning().workspace }

  private func newestChanges(toDecide: Bool) throws(RunError) -> WaitingChanges {
    let runs = try runsWithChanges()
    for id in runs {
      // Of a run that goes on, there may be none yet.
      if let found = try changes(id, toDecide: toDecide) { return found }
    }
    throw none(runs[0])
  }

  private func changes(_ id: RunID, toDecide: Bool) throws(RunError) -> WaitingChanges? {
    let lock = toDecide && place(id).hasChanges ? try lock(id) : nil
    let hasEnded = !isLive(id)
    guard let found = try WaitingChanges(of: id, in: place(id), hasEnded: hasEnded, lock: lock, asksPolicy: true)
    else { return nil }
    guard found.changes.isEmpty, !found.isIncomplete else { return found }
    if hasEnded { place(id).remove() }
    return nil
  }

  private func lock(_ id: RunID) throws(RunError) -> OverlayLock {
    guard !isLive(id) else {
      throw RunError(.usage, at: id.text, "still goes on: its changes can be applied or discarded when it has ended.")
    }
    let lock = try OverlayLock(place(id))
    place(id).sweep()
    return lock
  }

  private func none(_ id: RunID) -> RunError {
    RunError(.programMissing, at: id.text, "has no changes that wait.", remedy: "See: sallyport runs")
  }

  private func changedRun(_ name: RunName) throws(RunError) -> RunID {
    switch name {
    case .latest(let count):
      let runs = try runsWithChanges()
      guard count < runs.count else {
        let word = count == 0 ? "latest" : "latest~\(count)"
        let some = runs.count == 1 ? "is only 1 run" : "are only \(runs.count) runs"
        throw RunError(.programMissing, at: word, "there \(some) in this workspace whose changes wait.")
      }
      return runs[count]
    case .prefix(let prefix): return try id(beginning: prefix)
    case .path(let path):
      throw RunError(
        .usage, at: path, "is a path, where a run is named first.",
        remedy: "Name its identifier, how that begins, or latest; then paths.")
    }
  }
}
