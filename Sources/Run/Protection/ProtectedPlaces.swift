internal import Confinement
internal import Glibc
internal import Policy
internal import Presentation

/// The protected places of one run: as they were, and what became of them.
struct ProtectedPlaces: Sendable {
  let before: ProtectedFiles
  /// What is covered by mounts: what is there, as names below the workspace.
  let pinned: [String]
  /// With the places that git's configuration names.
  let protection: Protection
  private let settings: RunSettings
  private let runDirectory: String
  private let mark: String
  /// Where the workspace's repository is when that is elsewhere.
  private let outside: [String]

  static let snapshotName = "protected.before"
  static let patchName = "protected.patch"
  static let asideName = "put-back"

  /// Looks at the workspace and writes down what was found.
  ///
  /// - Throws: ``RunError`` with `.state`.
  init(
    _ settings: RunSettings, run: String, runDirectory: String, repository: GitRepository?
  ) throws(RunError) {
    self.settings = settings
    outside = repository?.writes ?? []
    self.runDirectory = runDirectory
    mark = "\(settings.state.unsettled)/\(run)"
    var protection = settings.policy.protection
    protection.hookPlaces = GitConfiguration.hookPlaces(in: settings.workspace, home: settings.home)
    // Read first: whoever ends in between has put back what it changed.
    let underWay = Self.runsUnderWay(settings)
    let found = ProtectedFiles(in: settings.workspace, protection)
    protection.linked = found.linked(protection)
    self.protection = protection
    pinned = found.pinned(protection)
    var before = found
    for run in underWay { before.goBack(to: run.files, run.place, protection) }
    self.before = before
    // What changes in an overlay does not reach the workspace: what is different there at the end is not the run's doing.
    if settings.options.overlays { return }
    try StateDirectory.make(settings.state.unsettled)
    _ = try OutputDirectory(own: runDirectory).write(before.bytes, as: Self.snapshotName)
    _ = try OutputDirectory(own: settings.state.unsettled).write(Array(settings.workspace.utf8), as: run)
    tellAtStart(underWay.map(\.run), before.changes(until: found).filter { $0.action != .allow })
  }

  /// What the sandbox is told to refuse.
  var guarded: [String] { before.guardedRepositories + protection.deniedPatterns }

  /// Compares, asks where somebody can be asked, and puts back.
  ///
  /// - Parameter interruption: a descriptor that can be read when nobody is there any more.
  func settle(interruption: CInt) -> ProtectedSettlement {
    if settings.options.overlays { return ProtectedSettlement(isIncomplete: before.isIncomplete) }
    let after = ProtectedFiles(in: settings.workspace, protection, after: before)
    var settlement = ProtectedSettlement(isIncomplete: before.isIncomplete || after.leftOutCount > 0)
    settlement.take(leftOut: after, before: before)
    let pinned = pinned.map { TreePath(bytes: Array($0.utf8)) }
    let changes = before.changes(until: after)
    // What a mount covered was most likely changed outside of the sandbox, by the person who is asked now. Not for
    // certain: the host's own rename takes such a mount away.
    let asked = changes.filter { change in
      change.action == .review || change.action == .deny && pinned.contains { change.path.isWithin($0) }
    }
    let kept = ProtectedReview(patience: settings.policy.askTimeout, interruption: interruption).kept(of: asked)
    let undone = PutBack.order(changes.filter { $0.action != .allow && !kept.contains($0) })
    var outcomes: [ProtectedChange: ProtectedChange.Outcome] = [:]
    if !undone.isEmpty {
      settlement.patchPath = writePatch(undone)
      let aside = "\(runDirectory)/\(Self.asideName)"
      if let putBack = PutBack(workspace: settings.workspace, aside: aside, before: before) {
        for change in undone { outcomes[change] = putBack.undo(change) }
      }
    }
    let objects = GitObjects(workspace: settings.workspace, before, after, outside: outside)
    settlement.changes = changes.map { change in
      let isKept = change.action == .allow || kept.contains(change)
      let outcome = isKept ? .kept : outcomes[change] ?? .failed
      return .init(
        change: change, outcome: outcome, blob: isKept ? nil : change.after.flatMap { objects?.blob(of: $0) })
    }
    // What protected files held is nobody's business any more.
    unlink("\(runDirectory)/\(Self.snapshotName)")
    unlink(mark)
    settlement.tell()
    return settlement
  }

  private func writePatch(_ changes: [ProtectedChange]) -> String? {
    let text = changes.sorted { $0.path < $1.path }.map(\.patch).joined()
    return try? OutputDirectory(own: runDirectory).write(Array(text.utf8), as: Self.patchName)
  }

  /// Says what a person can still mend, or should know, before the agent starts.
  private func tellAtStart(_ runs: [String], _ changes: [ProtectedChange]) {
    if !granted.isEmpty {
      Notice.say("what is granted to be written outside of the workspace is not protected: \(Self.list(granted))")
    }
    if !changes.isEmpty {
      Notice.say(
        "\(runs.joined(separator: " and ")) under way in this workspace changed protected files, which count as changed "
          + "here, too: \(Self.list(changes.map(\.path.shown)))")
    }
    let covered = pinned.map { TreePath(bytes: Array($0.utf8)) }
    let long = before.states.filter { path, state in
      guard case .long = state.content else { return false }
      return state.action != .allow && !covered.contains { path.isWithin($0) }
    }
    if !long.isEmpty {
      Notice.say(
        "longer than is kept (1 MiB each, 64 MiB in all) or not readable, so that changes to them cannot be undone: "
          + Self.list(long.keys.sorted().map(\.shown)))
    }
    if !before.tooFull.isEmpty {
      Notice.say(
        "protected directories with more files than are looked at, so that new ones in them stay unseen: "
          + Self.list(before.tooFull.map(\.shown)))
    }
    if before.leftOutCount > 0 {
      Notice.say(
        "the workspace has more names than are looked at for protected files; not looked at: "
          + ProtectedSettlement.list(before.leftOut, of: before.leftOutCount))
    }
  }

  static func list(_ names: [String]) -> String {
    names.prefix(RunLimits.protectedLeftOut).joined(separator: ", ")
      + (names.count > RunLimits.protectedLeftOut ? " and \(names.count - RunLimits.protectedLeftOut) more" : "")
  }

  /// Where nobody looked, absolute: what was too much, and directories that the agent may write besides the workspace.
  func notLookedAt(after settlement: ProtectedSettlement) -> [String] {
    let leftOut = settlement.leftOut + before.tooFull
    return leftOut.map { $0 == .top ? settings.workspace : "\(settings.workspace)/\($0.text)" } + granted
  }

  /// Directories of the host's that the policy and the command line let the agent write.
  private var granted: [String] {
    settings.grants.writes.filter(FilePaths.isDirectory).compactMap { FilePaths.canonical($0) }
  }

  /// What protects the place that somebody was kept from changing.
  func group(ofRefused path: String, workspace: String) -> String {
    guard path.hasPrefix(workspace + "/") else { return ProtectedGroup.git.rawValue }
    let name = TreePath(bytes: Array(path.utf8.dropFirst(workspace.utf8.count + 1)))
    if let known = before.states[name] { return known.groupName }
    let isGits =
      name.parts.contains { $0.elementsEqual(".git".utf8) } || before.repositories.contains(name.parent)
      || before.repositories.contains { name.isWithin($0.appending("hooks")) }
    let rule = protection.rule(for: name.text, isLink: false) ?? protection.rule(for: name.text, isLink: true)
    return rule?.group == "policy" || !isGits ? rule?.group ?? "policy" : ProtectedGroup.git.rawValue
  }
}
