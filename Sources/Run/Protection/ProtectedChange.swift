internal import Confinement
internal import Policy

/// What a run left different in a protected place, or what somebody in it tried.
struct ProtectedChange: Sendable, Hashable {
  /// The granted directory that it is in; `nil` for the workspace.
  var grant: String?
  let path: TreePath
  let group: String
  let action: ProtectionAction
  let kind: Kind
  /// `nil` for one that was not there, or is no more.
  let before: ProtectedState?
  let after: ProtectedState?

  enum Kind: String, Sendable, Hashable {
    case new
    case changed
    case removed
    /// The permissions alone.
    case mode
  }

  /// As it is named to a person: below the workspace, or absolute.
  var name: String { path.named(in: grant) }

  /// What became of it.
  enum Outcome: String, Sendable, Hashable {
    /// The call failed, and nothing changed.
    case refused
    case kept
    case putBack = "put-back"
    /// It could not be put back, and is there.
    case failed
  }
}

extension ProtectedFiles {
  /// What is different at a later moment and matters, by path.
  ///
  /// - Parameter others: directories that the same run may change, too.
  func changes(until later: ProtectedFiles, beside others: ProtectedSurroundings = .init()) -> [ProtectedChange] {
    let copies = ProtectedCopies(of: self, beside: others.before)
    let crowds = crowds(in: later)
    let paths = Set(states.keys).union(later.states.keys)
    let singly = paths.sorted().compactMap { path -> ProtectedChange? in
      let (before, after) = (states[path], later.states[path])
      guard let state = before ?? after else { return nil }
      let kind: ProtectedChange.Kind
      switch (before, after) {
      case (nil, nil): return nil
      case (nil, .some(let new)):
        if new.group == .git, !isFollowed(path) {
          if GitPlaces.isInert(path, new, before: self, after: later, beside: others.after) { return nil }
        }
        // As in a second working tree of the same repository.
        if new.group != .git, copies.contains(path, new) { return nil }
        // It goes with all else; and where there was too much before, nobody knows whether it was there.
        if isWithin(path, crowds) || isWithin(path, crowded) { return nil }
        kind = .new
      case (.some(let old), nil):
        // With its repository gone, as a worktree or a submodule goes, nothing acts any more.
        if state.group == .git, !isFollowed(path), GitPlaces.isGone(path, in: later) { return nil }
        if isGoneWithAll(path, old, in: later) { return nil }
        kind = .removed
      case (.some(let old), .some(let new)):
        if old.content == new.content, old.permissions == new.permissions { return nil }
        // A rebase that goes on shortens its list.
        if new.group == .git, GitPlaces.isTodo(path), GitPlaces.isInert(path, new, before: self, after: later) {
          return nil
        }
        kind = old.content == new.content ? .mode : .changed
      }
      return ProtectedChange(
        path: path, group: state.groupName, action: state.action, kind: kind, before: before, after: after)
    }
    return singly
      + crowds.map { path, state in
        let wasThere = directories.contains(path)
        return ProtectedChange(
          path: path, group: state.groupName, action: state.action, kind: wasThere ? .changed : .new,
          before: wasThere ? state : nil, after: state)
      }.sorted { $0.path < $1.path }
  }

  /// Directories into which more came than is looked at.
  private func crowds(in later: ProtectedFiles) -> [TreePath: ProtectedState] {
    later.crowded.filter { crowded[$0.key] == nil && $0.value.action != .allow }
  }

  private func isWithin(_ path: TreePath, _ crowds: [TreePath: ProtectedState]) -> Bool {
    !crowds.isEmpty && crowds.keys.contains { path.isWithin($0) }
  }

  /// Whether the directory that had it is not there any more, so that nothing acts there, as after `mv pkg pkg2`.
  private func isGoneWithAll(_ path: TreePath, _ state: ProtectedState, in later: ProtectedFiles) -> Bool {
    let parts = path.parts
    guard state.action == .review, !isFollowed(path),
      let start = state.group?.placeStart(in: parts.map { String(decoding: $0, as: UTF8.self) }), start > 0,
      let root = TreeRoot(later.workspace)
    else { return false }
    for count in 1...start {
      guard let status = root.status(TreePath(joining: Array(parts[..<count]))) else { return true }
      if status.kind != .directory { return false }
    }
    return false
  }
}
