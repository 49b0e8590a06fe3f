internal import Sandbox

/// Keeps our own state out of every sandbox: who has the authority's key speaks for every server, and who has the
/// ledger's key for the ledger.
enum OwnState {
  /// - Throws: ``RunError`` with `.usage` for a grant that would show it.
  static func check(_ settings: RunSettings) throws(RunError) {
    let state = FilePaths.resolved(settings.state.path)
    // Masked wherever a directory around it is granted for reading.
    let isMasked = state == FilePaths.resolved("\(settings.home)/.local/state/sallyport")
    let binds = HomeBinds.of(settings)
    let writable = [settings.grants.workspace] + settings.grants.writes
    let readable = settings.grants.reads + binds.filter { $0.access == .read }.map(\.source)
    for path in writable + binds.filter({ $0.access == .write }).map(\.source) {
      let real = FilePaths.resolved(path)
      guard !FilePaths.isWithin(real, state), !FilePaths.isWithin(state, real) else { throw refusal(path, state) }
    }
    for path in readable {
      let real = FilePaths.resolved(path)
      guard !FilePaths.isWithin(real, state), isMasked || !FilePaths.isWithin(state, real) else {
        throw refusal(path, state)
      }
    }
  }

  private static func refusal(_ path: String, _ state: String) -> RunError {
    RunError(
      .usage, at: path, "would show the agent Sallyport's own state in \(state): its keys and its ledger.",
      remedy: "Grant something narrower, start elsewhere, or keep the state elsewhere with SALLYPORT_HOME.")
  }
}
