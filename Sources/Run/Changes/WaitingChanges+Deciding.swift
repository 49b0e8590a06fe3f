internal import Confinement
internal import Evidence
internal import Glibc

extension WaitingChanges {
  /// What became of an application.
  package struct Outcome: Sendable {
    package var applied: [WorkspaceChange] = []
    /// Left as they are, since the workspace was changed there meanwhile.
    package var conflicts: [WorkspaceChange] = []
    /// Repositories of which nothing was applied, since something of theirs was changed meanwhile.
    package var withheld: [Withheld] = []
    /// With why.
    package var failed: [(change: WorkspaceChange, why: String)] = []
    /// Those that still wait.
    package var left: [WorkspaceChange] = []

    package var isWhole: Bool { conflicts.isEmpty && withheld.isEmpty && failed.isEmpty }
  }

  /// The `.git` of one repository, which is applied all or not at all.
  package struct Withheld: Sendable {
    let group: GitGroup
    let run: RunID
    /// The first of what was changed meanwhile.
    let changed: WorkspaceChange

    /// What it is, why, and what to do.
    package var sentence: String {
      let name = group.path.shown
      return
        "\(name): none of it is applied, since \(changed.name) was changed in the workspace meanwhile, and a commit is"
        + " applied whole or not at all. Commit the applied sources yourself and forget the agent's commit with: "
        + "sallyport changes discard \(run) \(name); or replace yours with: "
        + "sallyport changes apply \(run) \(name) --force"
    }
  }

  /// Makes the workspace what the agent made of it, for some of the changes. No link in the workspace is followed. Done
  /// again after a kill it goes on where it was.
  ///
  /// - Parameter overwrites: whether what was changed meanwhile is replaced.
  /// - Throws: ``RunError`` with `.programMissing` or `.state`.
  package func apply(_ chosen: [WorkspaceChange], overwrites: Bool = false) throws(RunError) -> Outcome {
    let lower = try Self.open(workspace, run)
    guard let upper = TreeRoot(place.upper) else { throw .state(place.upper, "cannot be opened", errno) }
    removeDrafts(in: lower)
    var outcome = Outcome()
    if !overwrites { outcome.withheld = withheld(of: chosen, upper, lower) }
    let groups = Set(outcome.withheld.map(\.group))
    for change in Self.order(chosen) {
      if let group = GitGroup(of: change), groups.contains(group) { continue }
      // Once more, at the last moment.
      guard overwrites || isUnchanged(change, upper, lower) else {
        outcome.conflicts.append(change)
        continue
      }
      let cause = Self.carryOut(change, from: upper, to: lower)
      if cause == 0 {
        outcome.applied.append(change)
        continue
      }
      outcome.failed.append((change, Self.sentence(cause)))
      // The others would fail alike.
      if [ENOSPC, EDQUOT, EROFS].contains(cause) { break }
    }
    Self.setPermissions(of: outcome.applied, from: upper, to: lower)
    // What was applied may only be forgotten when no loss of power can undo it.
    let cause = lower.flush()
    guard cause == 0 else {
      let why = String(cString: strerror(cause))
      throw RunError(.state, at: workspace, "cannot be written to the disk: \(why). All changes still wait.")
    }
    outcome.left = try settle(outcome.applied)
    return outcome
  }

  /// Whether the workspace holds there what it held before, or already what the agent made of it.
  private func isUnchanged(
    _ change: WorkspaceChange, _ upper: borrowing TreeRoot, _ lower: borrowing TreeRoot
  ) -> Bool {
    let now = lower.fingerprint(change.path)
    return now == held[change.path] || now == upper.fingerprint(change.path)
      || change.entry == .directory && now == "missing"
  }

  private func withheld(
    of chosen: [WorkspaceChange], _ upper: borrowing TreeRoot, _ lower: borrowing TreeRoot
  ) -> [Withheld] {
    var found: [GitGroup: Withheld] = [:]
    for change in chosen {
      guard let group = GitGroup(of: change), found[group] == nil, !isUnchanged(change, upper, lower) else { continue }
      found[group] = Withheld(group: group, run: run, changed: change)
    }
    return found.values.sorted { $0.group.path < $1.group.path }
  }

  /// Forgets changes.
  ///
  /// - Returns: those that still wait.
  package func discard(_ chosen: [WorkspaceChange]) throws(RunError) -> [WorkspaceChange] {
    removeDrafts(in: try Self.open(workspace, run))
    return try settle(chosen)
  }

  private func settle(_ done: [WorkspaceChange]) throws(RunError) -> [WorkspaceChange] {
    let paths = Set(done.map(\.path))
    let left = changes.filter { !paths.contains($0.path) }
    if left.isEmpty, !isIncomplete {
      place.remove()
    } else if !done.isEmpty {
      try place.keep(settled: try place.settled().union(paths))
    }
    return left
  }

  /// What an earlier application was writing when it was killed.
  private func removeDrafts(in lower: borrowing TreeRoot) {
    for directory in Set(changes.map(\.path.parent)) { lower.removeDraft(in: directory) }
  }

  /// What goes, deepest first; then directories, so that files find their places; of files git's objects first, so that
  /// nothing leads to one that is not there yet.
  private static func order(_ changes: [WorkspaceChange]) -> [WorkspaceChange] {
    let gone = changes.filter { $0.kind == .removed }.sorted { ($1.path.depth, $0.path) < ($0.path.depth, $1.path) }
    let directories = changes.filter { $0.kind != .removed && $0.entry == .directory }
    let files = changes.filter { $0.kind != .removed && $0.entry != .directory }
    return gone + directories.sorted { $0.path.depth < $1.path.depth }
      + files.filter(GitGroup.isObject) + files.filter { !GitGroup.isObject($0) }
  }

  private static func carryOut(
    _ change: WorkspaceChange, from upper: borrowing TreeRoot, to lower: borrowing TreeRoot
  ) -> CInt {
    let path = change.path
    if change.kind == .removed { return lower.remove(path) }
    guard let status = upper.status(path) else { return ENOENT }
    switch change.entry {
    case .directory:
      if let below = lower.status(path), below.kind != .directory {
        let cause = lower.remove(path)
        if cause != 0 { return cause }
      }
      return lower.putDirectory(permissions: status.permissions & 0o777 | 0o700, at: path)
    case .link:
      guard let text = upper.linkText(path) else { return ENOENT }
      return lower.putLink(text, at: path)
    case .file:
      let file = upper.openFile(path)
      guard file >= 0 else { return EACCES }
      defer { close(file) }
      return lower.put(file, permissions: status.permissions & 0o777, at: path)
    case .other: return ENOTSUP
    }
  }

  /// At last, since a directory may forbid to write into it.
  private static func setPermissions(
    of changes: [WorkspaceChange], from upper: borrowing TreeRoot, to lower: borrowing TreeRoot
  ) {
    let directories = changes.filter { $0.kind != .removed && $0.entry == .directory }
    for change in directories.sorted(by: { $1.path.depth < $0.path.depth }) {
      guard let status = upper.status(change.path) else { continue }
      _ = lower.putDirectory(permissions: status.permissions & 0o777, at: change.path)
    }
  }

  private static func sentence(_ cause: CInt) -> String {
    switch cause {
    case ENOTSUP: "only files, links and directories are applied"
    case ENOTEMPTY, EEXIST, EISDIR: "is a directory with something in it that stays"
    case ENOTDIR, ELOOP: "is not in a directory: a file or link is on the way there"
    default: String(cString: strerror(cause))
    }
  }
}
