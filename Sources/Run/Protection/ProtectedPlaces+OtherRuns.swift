internal import Glibc
internal import Policy

/// Other runs in the same workspace, by what they keep on disk of their beginnings.
extension ProtectedPlaces {
  /// A run that is under way.
  struct RunUnderWay {
    let run: String
    let files: ProtectedFiles
    let place: OverlappingPlace
  }

  /// Those in workspaces that overlap with this one, whatever their state directory.
  static func runsUnderWay(_ settings: RunSettings) -> [RunUnderWay] {
    let register = StateRegister(environment: settings.environment, changeable: settings.grants.changeable)
    // Who begins later finds this one by it.
    register?.note(settings.state)
    let own = FilePaths.canonical(settings.state.path)
    let others = (register?.states() ?? []).filter { FilePaths.canonical($0.path) != own }
    return ([settings.state] + others).flatMap { runsUnderWay(in: $0, settings.workspace) }
  }

  private static func runsUnderWay(in state: StateDirectory, _ own: String) -> [RunUnderWay] {
    FilePaths.names(in: state.unsettled, limit: RunLimits.liveRuns).sorted().compactMap { run in
      guard run.hasPrefix("r_"), LiveDirectory.isLocked("\(state.live)/\(run)"),
        let workspace = FilePaths.read("\(state.unsettled)/\(run)", limit: 4096),
        let place = OverlappingPlace(of: workspace, seenFrom: own), let files = snapshot(in: state.run(run))
      else { return nil }
      return RunUnderWay(run: run, files: files, place: place)
    }
  }

  private static func snapshot(in directory: String) -> ProtectedFiles? {
    FilePaths.bytes("\(directory)/\(snapshotName)", limit: 2 * RunLimits.protectedBytes).flatMap {
      try? ProtectedFiles($0)
    }
  }

  /// Says what runs of this workspace left changed that were killed before they could compare. Nothing is put back: what
  /// is there now may be the user's own.
  static func tellOfKilledRuns(_ settings: RunSettings) {
    for run in FilePaths.names(in: settings.state.unsettled, limit: RunLimits.liveRuns) where run.hasPrefix("r_") {
      let mark = "\(settings.state.unsettled)/\(run)"
      guard !LiveDirectory.isLocked("\(settings.state.live)/\(run)"),
        FilePaths.read(mark, limit: 4096) == settings.workspace
      else { continue }
      unlink(mark)
      let directory = settings.state.run(run)
      defer { unlink("\(directory)/\(snapshotName)") }
      guard let before = snapshot(in: directory) else { continue }
      let after = ProtectedFiles(in: settings.workspace, settings.policy.protection, after: before)
      let changes = before.changes(until: after).filter { $0.action != .allow }
      guard !changes.isEmpty else { continue }
      let text = changes.map(\.patch).joined()
      let path = try? OutputDirectory(own: directory).write(Array(text.utf8), as: patchName)
      Notice.say(
        "the run \(run) was killed, and since it began these protected files have changed: "
          + list(changes.map(\.path.shown)) + (path.map { "; see \($0)" } ?? ""))
    }
  }
}
