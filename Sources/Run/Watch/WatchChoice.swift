internal import Evidence
internal import Presentation

/// Which of the runs under way is meant.
enum WatchChoice: Equatable {
  case run(LiveRun)
  /// None yet that could be meant.
  case none
  /// Several could be.
  case several([LiveRun])

  /// - Parameters:
  ///   - name: the beginning of an identifier, with `r_` or without; `nil` for the one in this directory, or the only
  ///     one.
  ///   - directory: canonical.
  init(among runs: [LiveRun], named name: String?, in directory: String) {
    if let name {
      let prefix = name.hasPrefix("r_") ? name : "r_" + name
      self.init(runs.filter { $0.id.text.hasPrefix(prefix) })
      return
    }
    let around = runs.filter { run in run.workspace.map { FilePaths.isWithin(directory, $0) } ?? false }
    // The nearest around us, where workspaces lie within each other.
    let deepest = around.map { $0.workspace?.utf8.count ?? 0 }.max()
    self.init(around.isEmpty ? runs : around.filter { $0.workspace?.utf8.count == deepest })
  }

  private init(_ candidates: [LiveRun]) {
    switch candidates.count {
    case 0: self = .none
    case 1: self = .run(candidates[0])
    default: self = .several(candidates)
    }
  }

  static func ambiguity(_ runs: [LiveRun]) -> RunError {
    let lines = runs.prefix(RunLimits.namedLiveRuns).map { run in
      "\n  \(run.id)  \(run.agent) in \(run.workspace ?? "?"), since \(run.started)"
    }
    let more = runs.count > lines.count ? "\n  and \(runs.count - lines.count) more" : ""
    return RunError(
      .usage, at: "",
      "\(runs.count) runs are under way, and it cannot be told which one you mean:"
        + lines.joined() + more, remedy: "\nName one: sallyport watch \(runs[0].id)")
  }

  /// - Parameter others: the runs under way.
  static func absence(of name: String?, others: [LiveRun]) -> RunError {
    guard let name, !name.isEmpty else {
      return RunError(
        .nothingUnderWay, at: "", "No run is under way.",
        remedy: "Start one with sallyport run, or wait for one with --wait; sallyport runs lists those that ended.")
    }
    let names = others.prefix(RunLimits.namedLiveRuns).map(\.id.text).joined(separator: ", ")
    return RunError(
      .nothingUnderWay, at: name, "no run of that name is under way.",
      remedy: others.isEmpty
        ? "Nothing is. If it has ended: sallyport report \(name)"
        : "Under way: \(names). If it has ended: sallyport report \(name)")
  }
}
