internal import Evidence
internal import Presentation

/// A run that is under way on this machine, of the same user.
struct LiveRun: Sendable, Hashable {
  let id: RunID
  /// In which its socket is.
  let directory: String
  /// Canonical; `nil` where the run's card cannot be read.
  let workspace: String?
  let agent: String
  let started: Timestamp

  /// All of them, newest first.
  ///
  /// - Throws: ``RunError`` with `.state` where the state cannot be read.
  static func all(_ state: StateDirectory) throws(RunError) -> [LiveRun] {
    let store = RunStore(state)
    let names = try FilePaths.stateNames(in: state.live, limit: RunLimits.liveRuns)
    return names.compactMap { name -> LiveRun? in
      let directory = "\(state.live)/\(name)"
      guard let id = RunID(name), LiveDirectory.isLocked(directory) else { return nil }
      let run = store.stored(id, touched: Timestamp(millisecondsSinceEpoch: FilePaths.modified(directory) ?? 0))
      let agent = [run.card?.agent.id, run.card?.agent.version].compactMap(\.self).joined(separator: " ")
      return LiveRun(
        id: id, directory: directory, workspace: run.card?.workspace, agent: agent, started: run.began)
    }.sorted { ($0.started, $0.id.text) > ($1.started, $1.id.text) }
  }
}
