internal import Policy

/// What a run left different in a protected place, or what somebody in it tried.
struct ProtectedChange: Sendable, Hashable {
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
  func changes(until later: ProtectedFiles) -> [ProtectedChange] {
    let paths = Set(states.keys).union(later.states.keys)
    return paths.sorted().compactMap { path in
      let (before, after) = (states[path], later.states[path])
      guard let state = before ?? after else { return nil }
      let kind: ProtectedChange.Kind
      switch (before, after) {
      case (nil, nil): return nil
      case (nil, .some(let new)):
        if new.group == .git, !isFollowed(path), GitPlaces.isInert(path, new, before: self, after: later) { return nil }
        // As in a second working tree of the same repository.
        if new.group != .git, isCopy(path, new) { return nil }
        kind = .new
      case (.some, nil):
        // With its repository gone, as a worktree or a submodule goes, nothing acts any more.
        if state.group == .git, !isFollowed(path), GitPlaces.isGone(path, in: later) { return nil }
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
  }
}

extension ProtectedFiles {
  /// Whether the same was at the same place of another directory before: it says nothing new there.
  private func isCopy(_ path: TreePath, _ state: ProtectedState) -> Bool {
    guard case .file = state.content else { return false }
    return states.contains { other, old in
      old.content == state.content && old.permissions == state.permissions && old.group == state.group
        && path.parts.suffix(2).elementsEqual(other.parts.suffix(2))
    }
  }
}
