/// Tells what git itself makes, in a clone, a worktree or a submodule, from what makes it start programs.
enum GitPlaces {
  /// Whether git takes a directory that has these names for a repository, whatever it is called (setup.c of git,
  /// `is_git_directory`).
  static func isRepository(_ has: (String) -> Bool) -> Bool {
    has("HEAD") && (has("objects") && has("refs") || has("commondir"))
  }

  /// Whether something new in a repository cannot start anything.
  static func isInert(
    _ path: TreePath, _ state: ProtectedState, before: ProtectedFiles, after: ProtectedFiles
  ) -> Bool {
    guard case .file(let bytes) = state.content else { return false }
    let text = String(decoding: bytes, as: UTF8.self)
    let name = String(decoding: path.name, as: UTF8.self)
    if path.parent.name.elementsEqual("hooks".utf8) { return name.hasSuffix(".sample") }
    switch name {
    case ".git":
      return leadsToKnown(text, from: path.parent, workspace: after.workspace) { after.repositories.contains($0) }
    case "config", "config.worktree":
      return !before.repositories.contains(path.parent) && GitConfiguration(text).isInert
    case "commondir":
      return path.parent.parent.name.elementsEqual("worktrees".utf8) && trimmed(text) == "../.."
    case "attributes": return GitConfiguration.lines(of: text).isEmpty
    default: return false
    }
  }

  /// Whether what the file belonged to is not there any more.
  static func isGone(_ path: TreePath, in later: ProtectedFiles) -> Bool {
    let name = path.name
    if name.elementsEqual(".git".utf8) { return true }
    if name.elementsEqual("commondir".utf8) || path.parent.parent.name.elementsEqual("worktrees".utf8) {
      return later.states[path.parent.appending("commondir")] == nil
    }
    let owner = path.parent.name.elementsEqual("hooks".utf8) ? path.parent.parent : path.parent
    return !later.repositories.contains(owner)
  }

  /// Whether the text of a file `.git` leads to a working tree's or a submodule's own directory in a repository that is
  /// looked at as such.
  static func leadsToKnown(
    _ text: String, from directory: TreePath, workspace: String, _ isRepository: (TreePath) -> Bool
  ) -> Bool {
    guard let line = text.split(separator: "\n").first, line.hasPrefix("gitdir: ") else { return false }
    let given = line.dropFirst("gitdir: ".count)
    let isAbsolute = given.hasPrefix("/")
    guard !isAbsolute || given.hasPrefix(workspace + "/") else { return false }
    var target = isAbsolute ? [] : directory.parts
    for name in (isAbsolute ? given.dropFirst(workspace.count) : given).split(separator: "/") {
      if name == ".." {
        guard target.popLast() != nil else { return false }
      } else if name != "." {
        target.append(Array(name.utf8))
      }
    }
    return target.indices.dropLast().contains { index in
      (target[index].elementsEqual("worktrees".utf8) || target[index].elementsEqual("modules".utf8))
        && isRepository(TreePath(bytes: Array(target[..<index].joined(separator: [UInt8(ascii: "/")]))))
    }
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
