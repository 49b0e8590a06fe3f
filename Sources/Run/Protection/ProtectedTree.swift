internal import Confinement
internal import Glibc
internal import Policy

/// One directory that a run may change, with its protected places as they were: the workspace, or one that was granted.
struct ProtectedTree: Sendable {
  /// Absolute, without links.
  let root: String
  /// 0 for the workspace.
  let number: Int
  let before: ProtectedFiles
  /// With the places that git's configuration names, and what links lead to.
  let protection: Protection
  /// What is covered by mounts: what is there, as names below the root.
  let pinned: [String]
  /// Other runs that are under way there.
  private let runs: [String]
  /// What they have changed so far.
  private let changedByRuns: [ProtectedChange]

  /// Looks at it.
  ///
  /// - Parameters:
  ///   - number: which of the roots it is.
  ///   - roots: all directories of the run's that are looked at.
  ///   - excluded: what is not its own.
  ///   - states: where other runs are looked for.
  init(
    number: Int, of roots: [String], without excluded: Set<TreePath>, besideRunsIn states: [StateDirectory],
    _ settings: RunSettings
  ) {
    let root = roots[number]
    self.root = root
    self.number = number
    var protection = settings.policy.protection
    protection.hookPlaces = GitConfiguration.hookPlaces(in: root, of: roots, home: settings.home)
    // Read first: whoever ends in between has put back what it changed.
    let underWay = ProtectedMark.runsUnderWay(in: root, states)
    let found = ProtectedFiles(in: root, protection, without: excluded)
    protection.linked = found.linked(protection)
    self.protection = protection
    pinned = found.pinned(protection)
    var before = found
    for run in underWay { before.goBack(to: run.files, run.place, protection) }
    self.before = before
    runs = Set(underWay.map(\.run)).sorted()
    changedByRuns = before.changes(until: found).filter { $0.action != .allow }
  }

  /// What paths in it are named below; `nil` for the workspace.
  var grant: String? { number == 0 ? nil : root }

  /// What of a run's files is about it: the workspace's have no number.
  var suffix: String { number == 0 ? "" : ".\(number)" }

  /// What the sandbox is told to refuse.
  var guarded: [String] { before.guardedRepositories + protection.deniedPatterns }

  /// Whether a mount covered it.
  func isCovered(_ path: TreePath) -> Bool {
    pinned.contains { path.isWithin(TreePath(bytes: Array($0.utf8))) }
  }

  /// What protects the place that somebody was kept from changing.
  func group(ofRefused name: TreePath) -> String {
    if let known = before.states[name] { return known.groupName }
    let isGits =
      name.parts.contains { $0.elementsEqual(".git".utf8) } || before.repositories.contains(name.parent)
      || before.repositories.contains { name.isWithin($0.appending("hooks")) }
    let rule = protection.rule(for: name.text, isLink: false) ?? protection.rule(for: name.text, isLink: true)
    return rule?.group == "policy" || !isGits ? rule?.group ?? "policy" : ProtectedGroup.git.rawValue
  }

  /// Says what a person can still mend, or should know, before the agent starts.
  func tellAtStart() {
    if !changedByRuns.isEmpty {
      Notice.say(
        "\(runs.joined(separator: " and ")) under way in \(grant ?? "this workspace") changed protected files, which "
          + "count as changed here, too: \(list(changedByRuns.map(\.path)))")
    }
    let long = before.states.filter { path, state in
      guard case .long = state.content else { return false }
      return state.action != .allow && !isCovered(path)
    }
    if !long.isEmpty {
      Notice.say(
        "longer than is kept (1 MiB each, 64 MiB in all) or not readable, so that changes to them cannot be undone: "
          + list(long.keys.sorted()))
    }
    if !before.tooFull.isEmpty {
      Notice.say(
        "protected directories with more files than are looked at, so that new ones in them stay unseen: "
          + list(before.tooFull))
    }
    if before.leftOutCount > 0 {
      Notice.say(
        "\(grant ?? "the workspace") has more names than are looked at for protected files; not looked at: "
          + ProtectedSettlement.list(before.leftOut.map { $0.named(in: grant) }, of: before.leftOutCount))
    }
  }

  private func list(_ paths: [TreePath]) -> String { ProtectedPlaces.list(paths.map { $0.named(in: grant) }) }
}
