/// One repository's `.git` and what lies in it: a commit is files of it, which are applied together or not at all.
struct GitGroup: Hashable {
  /// The path of the `.git`.
  let path: TreePath

  /// - Returns: `nil` for what lies in none, and for a file of that name, which only leads to one.
  init?(of change: WorkspaceChange) {
    let parts = change.path.parts
    guard let index = parts.firstIndex(where: { $0.elementsEqual(".git".utf8) }),
      index < parts.count - 1 || change.entry == .directory
    else { return nil }
    path = TreePath(joining: Array(parts[...index]))
  }

  /// Whether it is an object, to which nothing leads before the rest is there.
  static func isObject(_ change: WorkspaceChange) -> Bool {
    change.isGits && change.path.parts.contains { $0.elementsEqual("objects".utf8) }
  }
}
