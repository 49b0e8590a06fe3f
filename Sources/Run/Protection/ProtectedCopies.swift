internal import Policy

/// What was in protected places by its own name there, such as `.vscode/tasks.json` in whichever directory.
struct ProtectedCopies {
  private var states: [Key: [ProtectedState]] = [:]
  /// At the tops of other directories that the run may change.
  private var tops: [Key: [ProtectedState]] = [:]

  private struct Key: Hashable {
    let group: ProtectedGroup
    let name: TreePath
  }

  init(of files: ProtectedFiles, beside others: [ProtectedFiles]) {
    for (path, state) in files.states {
      if let (key, _) = Self.key(path, state) { states[key, default: []].append(state) }
    }
    for (path, state) in others.lazy.flatMap(\.states) {
      guard let (key, start) = Self.key(path, state) else { continue }
      states[key, default: []].append(state)
      if start == 0 { tops[key, default: []].append(state) }
    }
  }

  /// Whether the same was in another directory before: then it says nothing new in this one. The top is another matter:
  /// what lay in a directory of examples would act there for the first time. What was at another top acts already.
  func contains(_ path: TreePath, _ state: ProtectedState) -> Bool {
    guard case .file = state.content, let (key, start) = Self.key(path, state) else { return false }
    let known = start > 0 ? states[key] : tops[key]
    return known?.contains { $0.content == state.content && $0.permissions == state.permissions } ?? false
  }

  private static func key(_ path: TreePath, _ state: ProtectedState) -> (key: Key, start: Int)? {
    let names = path.parts.map { String(decoding: $0, as: UTF8.self) }
    guard let group = state.group, let start = group.placeStart(in: names) ?? group.topStart(in: names) else {
      return nil
    }
    return (Key(group: group, name: TreePath(joining: Array(path.parts[start...]))), start)
  }
}

extension ProtectedGroup {
  /// 0 for a path in one of this group's places that count at the top alone.
  fileprivate func topStart(in names: [String]) -> Int? {
    places.contains { !$0.isAnywhere && names.starts(with: $0.names) } ? 0 : nil
  }
}
