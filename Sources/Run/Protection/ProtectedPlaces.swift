internal import Confinement
internal import Glibc
internal import Policy
internal import Presentation

/// The protected places of one run: as they were, and what became of them.
struct ProtectedPlaces: Sendable {
  let before: ProtectedFiles
  /// With the places that git's configuration names.
  let protection: Protection
  private let settings: RunSettings
  private let runDirectory: String
  private let mark: String

  static let snapshotName = "protected.before"
  static let patchName = "protected.patch"
  static let asideName = "put-back"

  /// Looks at the workspace and writes down what was found.
  ///
  /// - Throws: ``RunError`` with `.state`.
  init(_ settings: RunSettings, run: String, runDirectory: String) throws(RunError) {
    self.settings = settings
    self.runDirectory = runDirectory
    mark = "\(settings.state.unsettled)/\(run)"
    var protection = settings.policy.protection
    protection.hookPlaces = GitConfiguration.hookPlaces(in: settings.workspace, home: settings.home)
    before = ProtectedFiles(in: settings.workspace, protection)
    protection.linked = before.linked
    self.protection = protection
    // What changes in an overlay does not reach the workspace: what is different there at the end is not the run's doing.
    if settings.options.overlays { return }
    try StateDirectory.make(settings.state.unsettled)
    _ = try OutputDirectory(own: runDirectory).write(before.bytes, as: Self.snapshotName)
    _ = try OutputDirectory(own: settings.state.unsettled).write(Array(settings.workspace.utf8), as: run)
  }

  /// What the sandbox is told.
  var pinned: [String] { before.pinned }

  var guarded: [String] { before.guardedRepositories + protection.deniedPatterns }

  /// What became of the run's changes.
  struct Settlement: Sendable {
    var changes: [(change: ProtectedChange, outcome: ProtectedChange.Outcome)] = []
    var isIncomplete = false
    /// Where a diff of what was put back is.
    var patchPath: String?
  }

  /// Compares, asks where somebody can be asked, and puts back.
  ///
  /// - Parameter interruption: a descriptor that can be read when nobody is there any more.
  func settle(interruption: CInt) -> Settlement {
    if settings.options.overlays { return Settlement(isIncomplete: before.isIncomplete) }
    let after = ProtectedFiles(in: settings.workspace, protection, after: before)
    var settlement = Settlement(isIncomplete: before.isIncomplete || after.isIncomplete)
    let pinned = before.pinned.map { TreePath(bytes: Array($0.utf8)) }
    let changes = before.changes(until: after)
    // What a mount covered was most likely changed outside of the sandbox, by the person who is asked now. Not for
    // certain: the host's own rename takes such a mount away.
    let asked = changes.filter { change in
      change.action == .review || change.action == .deny && pinned.contains { change.path.isWithin($0) }
    }
    let kept = review(asked, interruption)
    let undone = PutBack.order(changes.filter { $0.action != .allow && !kept.contains($0) })
    var outcomes: [ProtectedChange: ProtectedChange.Outcome] = [:]
    if !undone.isEmpty {
      settlement.patchPath = writePatch(undone)
      let aside = "\(runDirectory)/\(Self.asideName)"
      if let putBack = PutBack(workspace: settings.workspace, aside: aside, before: before) {
        for change in undone { outcomes[change] = putBack.undo(change) }
      }
    }
    settlement.changes = changes.map { change in
      let isKept = change.action == .allow || kept.contains(change)
      return (change, isKept ? .kept : outcomes[change] ?? .failed)
    }
    // What protected files held is nobody's business any more.
    unlink("\(runDirectory)/\(Self.snapshotName)")
    unlink(mark)
    tell(settlement)
    return settlement
  }

  private func writePatch(_ changes: [ProtectedChange]) -> String? {
    let text = changes.sorted { $0.path < $1.path }.map(\.patch).joined()
    return try? OutputDirectory(own: runDirectory).write(Array(text.utf8), as: Self.patchName)
  }

  private func tell(_ settlement: Settlement) {
    let putBack = settlement.changes.filter { $0.outcome == .putBack }.map(\.change.path.shown)
    let failed = settlement.changes.filter { $0.outcome == .failed }.map(\.change.path.shown)
    if !putBack.isEmpty {
      let patch = settlement.patchPath.map { "; what was there: \($0)" } ?? ""
      Notice.say("protected files were changed and put back: \(Self.list(putBack))\(patch)")
    }
    if !failed.isEmpty {
      Notice.say("PROTECTED FILES ARE CHANGED and could not be put back, look at them: \(Self.list(failed))")
    }
    if settlement.isIncomplete {
      Notice.say(
        "the workspace has more files than are looked at for protected ones, so that some may be changed unseen; "
          + "--overlay shows every change")
    }
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(8).joined(separator: ", ") + (names.count > 8 ? " and \(names.count - 8) more" : "")
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

  // MARK: Asking

  private static let question = ReviewQuestion(
    "Keep it? [y]es, [N]o, [d]iff whole, [a]ll, [q]uit",
    [
      .init("y", "yes", means: "keep it"), .init("n", "no", means: "put it back as it was"),
      .init("d", "diff", "diff whole", means: "show the whole difference"),
      .init("a", "all", means: "keep this one and all that follow"),
      .init("q", "quit", means: "put back this one and all that follow"),
    ], standard: "n")

  /// - Returns: those that a person keeps.
  private func review(_ changes: [ProtectedChange], _ interruption: CInt) -> Set<ProtectedChange> {
    guard !changes.isEmpty,
      let terminal = ReviewTerminal(patience: settings.policy.askTimeout, interruption: interruption)
    else { return [] }
    var kept: Set<ProtectedChange> = []
    terminal.show("\nFiles that act outside of the sandbox later were changed.")
    for (index, change) in changes.enumerated() {
      terminal.show(
        "\n\(index + 1) of \(changes.count): \(change.path.shown) (\(change.group)), \(change.kind.rawValue)")
      terminal.show(change.patch, limit: RunLimits.reviewedLines)
      while true {
        guard let letter = terminal.ask(Self.question) else { return kept }
        if letter == "d" {
          terminal.show(change.patch)
          continue
        }
        if letter == "q" { return kept }
        if letter == "a" { return kept.union(changes[index...]) }
        if letter == "y" { kept.insert(change) }
        break
      }
    }
    return kept
  }
}

extension ProtectedPlaces {
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
      guard let bytes = FilePaths.bytes("\(directory)/\(snapshotName)", limit: 2 * RunLimits.protectedBytes),
        let before = try? ProtectedFiles(bytes)
      else { continue }
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
