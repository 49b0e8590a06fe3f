internal import Policy

/// Where another run's workspace lies, seen from this one's.
enum OverlappingPlace: Hashable {
  case same
  /// This workspace lies in the other one, at this place.
  case around(TreePath)
  /// The other one lies in this one, at this place.
  case inside(TreePath)

  /// - Returns: `nil` where they have nothing in common.
  init?(of other: String, seenFrom workspace: String) {
    if other == workspace {
      self = .same
    } else if workspace.hasPrefix(other + "/") {
      self = .around(TreePath(bytes: Array(workspace.utf8.dropFirst(other.utf8.count + 1))))
    } else if other.hasPrefix(workspace + "/") {
      self = .inside(TreePath(bytes: Array(other.utf8.dropFirst(workspace.utf8.count + 1))))
    } else {
      return nil
    }
  }

  /// A path of this workspace as the other run knows it.
  func theirs(_ path: TreePath) -> TreePath? {
    switch self {
    case .same: path
    case .around(let way): way.appending(path.bytes)
    case .inside(let way): Self.below(way, path)
    }
  }

  /// A path of the other run's workspace as this one knows it.
  func ours(_ path: TreePath) -> TreePath? {
    switch self {
    case .same: path
    case .around(let way): Self.below(way, path)
    case .inside(let way): way.appending(path.bytes)
    }
  }

  private static func below(_ way: TreePath, _ path: TreePath) -> TreePath? {
    guard path != way, path.isWithin(way) else { return nil }
    return TreePath(bytes: Array(path.bytes.dropFirst(way.bytes.count + 1)))
  }
}

extension ProtectedFiles {
  /// Takes what was there before another run, which is still under way, began: what that changed is not there to stay.
  mutating func goBack(to earlier: ProtectedFiles, _ place: OverlappingPlace, _ protection: Protection) {
    for (path, old) in earlier.states {
      guard let path = place.ours(path), !isExcluded(path), isNamed(path, old.group, place) else { continue }
      if case .long = old.content { continue }
      states[path] = ProtectedState(
        group: old.group, action: protection.ownAction(for: path.text) ?? old.group.map(protection.action) ?? .allow,
        permissions: old.permissions, content: old.content)
    }
    // Where not all was looked at, nobody knows what is new.
    guard !earlier.isIncomplete else { return }
    for (path, state) in states {
      guard let other = place.theirs(path), !earlier.isExcluded(other), earlier.states[other] == nil,
        isNamed(path, state.group, place)
      else { continue }
      states[path] = nil
    }
    // What it has flooded was not full when it began.
    for path in crowded.keys {
      if let other = place.theirs(path), !earlier.isExcluded(other), earlier.crowded[other] == nil {
        crowded[path] = nil
      }
    }
    for repository in repositories {
      guard let other = place.theirs(repository), !earlier.isExcluded(other), !earlier.repositories.contains(other)
      else { continue }
      repositories.remove(repository)
    }
  }

  /// Whether both runs know the place by its name alone, whatever their policies and git's configuration say.
  private func isNamed(_ path: TreePath, _ group: ProtectedGroup?, _ place: OverlappingPlace) -> Bool {
    guard let group, !isFollowed(path) else { return false }
    if group == .git { return true }
    let names = path.parts.map { String(decoding: $0, as: UTF8.self) }
    return group.placeStart(in: names) != nil
      || place == .same && group.places.contains { !$0.isAnywhere && names.starts(with: $0.names) }
  }
}
