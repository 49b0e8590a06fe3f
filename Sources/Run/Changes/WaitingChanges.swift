internal import Confinement
package import Evidence

/// The changes of one run in an overlay that were neither applied nor discarded.
package struct WaitingChanges: Sendable {
  package let run: RunID
  package let workspace: String
  /// By path.
  package let changes: [WorkspaceChange]
  /// Whether there are more than are looked at, which come to be looked at when these are applied or discarded.
  package let hasMore: Bool
  /// Directories in which paths get longer than anything is applied; the first few.
  let tooDeep: [TreePath]
  let place: OverlayPlace
  /// Why nobody knows what the policy says now; nothing is applied then.
  private let policyProblem: RunError?
  /// What the workspace held before, by path.
  let held: [TreePath: String]
  private let lock: OverlayLock?

  /// Looks at what a run left. What the workspace held before is remembered at the first look, which its end is.
  ///
  /// - Parameters:
  ///   - hasEnded: whether nothing is added any more.
  ///   - lock: to apply or discard them.
  ///   - asksPolicy: whether the policy counts as it is now, where it has become stricter.
  /// - Returns: `nil` where the run had no overlay, or nothing of it waits any more.
  /// - Throws: ``RunError`` with `.programMissing`, `.state` or `.broken`.
  init?(
    of run: RunID, in place: OverlayPlace, hasEnded: Bool, lock: OverlayLock? = nil, asksPolicy: Bool = false
  ) throws(RunError) {
    guard place.hasChanges else { return nil }
    let beginning = try place.beginning()
    let lower = try Self.open(beginning.workspace, run)
    let (present, problem) = asksPolicy ? Self.present(beginning) : (nil, nil)
    policyProblem = problem
    guard
      let reading = OverlayReading(
        upper: place.upper, workspace: beginning.workspace, beginning.protection, present: present,
        hasEnded: hasEnded)
    else { return nil }
    self.run = run
    self.place = place
    self.lock = lock
    workspace = beginning.workspace
    let found = reading.read()
    hasMore = found.isIncomplete
    tooDeep = found.tooDeep
    var base = try place.base()
    let settled = try place.settled()
    var agents = found.changes
    if base.isWhole {
      agents.removeAll { base.held[$0.path] == nil }
    } else {
      let (names, indexes) = (place.names, try place.indexes())
      for change in agents where base.held[change.path] == nil {
        base.held[change.path] =
          indexes[change.path] ?? Self.before(change, lower, began: beginning.began, names)
      }
      base.isWhole = hasEnded && !hasMore
      try place.keep(base)
    }
    held = base.held
    changes = agents.filter { !settled.contains($0.path) }.map { [held] change in
      var change = change
      change.isConflict = lower.fingerprint(change.path) != held[change.path]
      return change
    }
  }

  private static func present(_ beginning: OverlayPlace.Beginning) -> (PresentProtection?, RunError?) {
    do throws(RunError) {
      return (try PresentProtection(beginning), nil)
    } catch {
      return (nil, error)
    }
  }

  /// Whether not all that the agent changed is among these.
  package var isIncomplete: Bool { hasMore || !tooDeep.isEmpty }

  /// Opens the workspace, which has to be where it was: a link on the way there would lead an application elsewhere.
  static func open(_ workspace: String, _ run: RunID) throws(RunError) -> TreeRoot {
    let real = FilePaths.canonical(workspace)
    guard real == workspace, let root = TreeRoot(workspace, draftName: ".sallyport.\(run)") else {
      let what = real.map { $0 == workspace ? "cannot be opened" : "leads to \($0) by a link now" }
      throw RunError(
        .programMissing, at: workspace, "the workspace of \(run) \(what ?? "is not there any more").",
        remedy: "Its changes wait until it is, or until: sallyport changes discard \(run)")
    }
    return root
  }

  /// What the workspace held when the run began; `?` where somebody else changed it since.
  private static func before(
    _ change: WorkspaceChange, _ lower: borrowing TreeRoot, began: Int64, _ names: TreeNames?
  ) -> String {
    guard let status = lower.status(change.path) else {
      return names?.contains(change.path) == true ? "?" : "missing"
    }
    // A directory's time is that of every name in it.
    if status.kind != .directory, status.identity.changed > began { return "?" }
    return lower.fingerprint(change.path)
  }

  /// Those that a list of names means, to be shown or discarded; all where it is empty.
  ///
  /// - Parameter names: of changes, or of directories that they are in.
  /// - Throws: ``RunError`` with `.usage` for a name that no change has.
  package func chosen(_ names: [String]) throws(RunError) -> [WorkspaceChange] {
    try choose(names) { _, _ in true }
  }

  /// Those that a list of names means, to be applied; all but the protected ones where it is empty. A protected one
  /// counts only by its own name, and one that the policy denies not at all.
  ///
  /// - Throws: ``RunError`` with `.usage` also for a name behind which nothing may be applied, `.configuration` where
  ///   the policy of now cannot be read.
  package func chosenToApply(_ names: [String]) throws(RunError) -> [WorkspaceChange] {
    if let policyProblem { throw policyProblem }
    return try choose(names) { change, name in
      change.protection.map { !$0.isDenied && change.path == name } ?? true
    }
  }

  /// Those behind these names, or all, that are not applied since the policy has become stricter.
  package func withheldByPolicy(_ names: [String]) -> [WorkspaceChange] {
    let paths = names.compactMap(path)
    return changes.filter { change in
      guard let protection = change.protection, protection.laterRule != nil else { return false }
      if names.isEmpty { return true }
      return paths.contains { change.path.isWithin($0) } && (protection.isDenied || !paths.contains(change.path))
    }
  }

  private func choose(
    _ names: [String], where admits: (WorkspaceChange, TreePath) -> Bool
  ) throws(RunError) -> [WorkspaceChange] {
    if names.isEmpty { return changes.filter { admits($0, .top) } }
    var chosen: Set<WorkspaceChange> = []
    for name in names {
      guard let path = path(name) else { throw RunError(.usage, at: name, "leads out of the workspace.") }
      let meant = changes.filter { $0.path.isWithin(path) }
      let admitted = meant.filter { admits($0, path) }
      guard !admitted.isEmpty else { throw refusal(of: name, meant) }
      chosen.formUnion(admitted)
    }
    return changes.filter(chosen.contains)
  }

  private func refusal(of name: String, _ meant: [WorkspaceChange]) -> RunError {
    if meant.isEmpty {
      return RunError(
        .usage, at: name, "no change of \(run) has this name.",
        remedy: "They are listed, as named from \(workspace), by: sallyport changes \(run)")
    }
    if let rule = meant[0].protection?.laterRule, meant.count == 1, meant[0].protection?.isDenied == true {
      return RunError(
        .usage, at: name, "is denied by the policy, which has become stricter since the run: \(rule).",
        remedy: "If you want it, make the change yourself, or take the rule back.")
    }
    if meant.allSatisfy({ $0.protection?.isDenied == true }) {
      return RunError(
        .usage, at: name, "is denied by the policy of the run, and not applied.",
        remedy: "If you want it, make the change yourself; to be asked in later runs, say review under protect.")
    }
    return RunError(
      .usage, at: name, "has only protected files in it.", remedy: "Name each that you want: \(meant[0].name)")
  }

  private func path(_ name: String) -> TreePath? {
    if name.hasPrefix(workspace + "/") { return TreePath(shown: String(name.dropFirst(workspace.count + 1))) }
    return name.hasPrefix("/") ? nil : TreePath(shown: name)
  }
}
