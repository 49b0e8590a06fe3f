internal import Confinement
package import Evidence
internal import Glibc
internal import Presentation

/// The changes of one run in an overlay that were neither applied nor discarded.
package struct WaitingChanges: Sendable {
  package let run: RunID
  package let workspace: String
  /// By path.
  package let changes: [WorkspaceChange]
  /// Whether there are more than are looked at.
  package let isIncomplete: Bool
  private let place: OverlayPlace
  private let base: [TreePath: String]

  /// Looks at what a run left. What the workspace held before is remembered at the first look, which its end is.
  ///
  /// - Returns: `nil` where the run had no overlay, or nothing of it waits any more.
  /// - Throws: ``RunError`` with `.state` or `.broken`.
  init?(of run: RunID, in place: OverlayPlace) throws(RunError) {
    guard FilePaths.isDirectory(place.upper) else { return nil }
    guard let beginning = place.beginning else {
      throw RunError(.broken, at: "\(place.path)/began.json", "cannot be read, so that nobody knows what it is about.")
    }
    guard let lower = TreeRoot(beginning.workspace),
      let reading = OverlayReading(upper: place.upper, workspace: beginning.workspace, beginning.protection)
    else {
      throw RunError(
        .programMissing, at: beginning.workspace, "the workspace of \(run) is not there any more.",
        remedy: "What was changed is in \(place.upper).")
    }
    self.run = run
    self.place = place
    workspace = beginning.workspace
    let found = reading.read()
    isIncomplete = found.isIncomplete
    var base = place.base
    let settled = place.settled
    let unknown = found.changes.filter { base[$0.path] == nil }
    if !unknown.isEmpty {
      let names = place.names
      for change in unknown {
        base[change.path] = Self.before(change, lower, began: beginning.began, names)
      }
      try place.keep(base: base)
    }
    self.base = base
    changes = found.changes.filter { !settled.contains($0.path) }.map { change in
      var change = change
      change.isConflict = lower.fingerprint(change.path) != base[change.path]
      return change
    }
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

  // MARK: Deciding

  /// Those that a list of names means; all but the protected ones where it is empty.
  ///
  /// - Parameter names: of changes, or of directories that they are in; a protected one counts only by its own.
  /// - Throws: ``RunError`` with `.usage` for a name that no change has.
  package func chosen(_ names: [String], includesProtected: Bool = false) throws(RunError) -> [WorkspaceChange] {
    if names.isEmpty { return changes.filter { includesProtected || $0.protected == nil } }
    var chosen: Set<WorkspaceChange> = []
    for name in names {
      guard let path = path(name) else {
        throw RunError(.usage, at: name, "leads out of the workspace.")
      }
      let meant = changes.filter {
        $0.path == path || $0.path.isWithin(path) && (includesProtected || $0.protected == nil)
      }
      guard !meant.isEmpty else {
        let hidden = changes.contains { $0.path.isWithin(path) }
        throw RunError(
          .usage, at: name, hidden ? "has only protected files in it." : "no change of \(run) has this name.",
          remedy: hidden ? "Name each of them itself." : "See: sallyport changes \(run)")
      }
      chosen.formUnion(meant)
    }
    return changes.filter(chosen.contains)
  }

  private func path(_ name: String) -> TreePath? {
    if name.hasPrefix(workspace + "/") { return TreePath(shown: String(name.dropFirst(workspace.count + 1))) }
    return name.hasPrefix("/") ? nil : TreePath(shown: name)
  }

  /// What became of an application.
  package struct Outcome: Sendable {
    package var applied: [WorkspaceChange] = []
    /// Left as they are, since the workspace was changed there meanwhile.
    package var conflicts: [WorkspaceChange] = []
    /// With why.
    package var failed: [(change: WorkspaceChange, why: String)] = []
    /// Those that still wait.
    package var left = 0
  }

  /// Makes the workspace what the agent made of it, for some of the changes. No link in the workspace is followed. Done
  /// again after a kill it goes on where it was.
  ///
  /// - Parameter overwrites: whether what was changed meanwhile is replaced.
  /// - Throws: ``RunError`` with `.state`.
  package func apply(_ chosen: [WorkspaceChange], overwrites: Bool = false) throws(RunError) -> Outcome {
    guard let lower = TreeRoot(workspace), let upper = TreeRoot(place.upper) else {
      throw RunError(.state, at: workspace, "cannot be opened.")
    }
    var outcome = Outcome()
    for change in Self.order(chosen) {
      // Once more, at the last moment.
      let now = lower.fingerprint(change.path)
      let isOurs = now == base[change.path] || now == upper.fingerprint(change.path)
      guard isOurs || overwrites || change.entry == .directory && now == "missing" else {
        outcome.conflicts.append(change)
        continue
      }
      let cause = Self.carryOut(change, from: upper, to: lower)
      if cause == 0 {
        outcome.applied.append(change)
      } else {
        outcome.failed.append((change, Self.sentence(cause)))
      }
    }
    Self.setPermissions(of: outcome.applied, from: upper, to: lower)
    outcome.left = try settle(outcome.applied)
    return outcome
  }

  /// Forgets changes.
  ///
  /// - Returns: how many still wait.
  package func discard(_ chosen: [WorkspaceChange]) throws(RunError) -> Int { try settle(chosen) }

  private func settle(_ done: [WorkspaceChange]) throws(RunError) -> Int {
    let left = Set(changes.map(\.path)).subtracting(done.map(\.path))
    if left.isEmpty, !isIncomplete {
      place.remove()
    } else if !done.isEmpty {
      try place.keep(settled: place.settled.union(done.map(\.path)))
    }
    return left.count
  }

  /// What goes, deepest first; then directories, so that files find their places.
  private static func order(_ changes: [WorkspaceChange]) -> [WorkspaceChange] {
    let gone = changes.filter { $0.kind == .removed }.sorted { ($1.path.depth, $0.path) < ($0.path.depth, $1.path) }
    let directories = changes.filter { $0.kind != .removed && $0.entry == .directory }
    return gone + directories.sorted { $0.path.depth < $1.path.depth }
      + changes.filter { $0.kind != .removed && $0.entry != .directory }
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
    cause == ENOTSUP ? "only files, links and directories are applied" : String(cString: strerror(cause))
  }
}

// MARK: What is shown

extension WaitingChanges {
  /// Of one change, as `git apply` reads it where it is text.
  package func patch(of change: WorkspaceChange) -> String {
    guard change.entry != .directory else { return "" }
    let name = change.path.shown
    var text = "diff --git a/\(name) b/\(name)\n"
    guard let upper = TreeRoot(place.upper), let lower = TreeRoot(workspace) else { return text }
    let (old, new) = (lower.status(change.path), change.kind == .removed ? nil : upper.status(change.path))
    switch (old, new) {
    case (nil, .some(let new)): text += "new file mode \(Self.mode(new))\n"
    case (.some(let old), nil): text += "deleted file mode \(Self.mode(old))\n"
    case (.some(let old), .some(let new)) where Self.mode(old) != Self.mode(new):
      text += "old mode \(Self.mode(old))\nnew mode \(Self.mode(new))\n"
    default: break
    }
    let before = old == nil ? "" : Self.content(of: change.path, in: lower)
    let after = new == nil ? "" : Self.content(of: change.path, in: upper)
    guard let before, let after else { return text + "Binary files differ\n" }
    return text
      + UnifiedDiff.text(from: old == nil ? nil : before, to: new == nil ? nil : after, name: name)
  }

  private static func mode(_ status: FileStatus) -> String {
    if status.kind == .link { return "120000" }
    return status.permissions & 0o100 == 0 ? "100644" : "100755"
  }

  private static func content(of path: TreePath, in root: borrowing TreeRoot) -> String? {
    if let link = root.linkText(path) { return String(validating: link, as: UTF8.self) }
    guard let bytes = root.bytes(path, limit: RunLimits.placeBytes), !bytes.contains(0) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// "3 added, 1 changed, 2 removed"
  package var summary: String { Self.summary(changes) }

  static func summary(_ changes: [WorkspaceChange]) -> String {
    let counts = [WorkspaceChange.Kind.added, .changed, .removed, .mode].compactMap { kind -> String? in
      let count = changes.count { $0.kind == kind && $0.entry != .directory }
      return count == 0 ? nil : "\(count) \(kind == .mode ? "with other permissions" : kind.rawValue)"
    }
    if counts.isEmpty { return changes.isEmpty ? "nothing changed" : "only directories changed" }
    return counts.joined(separator: ", ")
  }

  package var json: JSONValue {
    [
      "run": .string(run.text), "workspace": .string(workspace), "incomplete": .bool(isIncomplete),
      "changes": .array(changes.map(\.json)),
    ]
  }
}

extension WorkspaceChange {
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "path": .string(path.text), "name": .string(path.shown), "change": .string(kind.rawValue),
      "entry": .string(entry.rawValue), "conflict": .bool(isConflict),
    ]
    members["protected"] = protected.map { .string($0) }
    return .object(members)
  }
}
