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
    case ".git": return pointsToKnown(text, from: path, after)
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

  /// A file `.git` leads to a worktree's or a submodule's own directory in a repository that is looked at as such.
  private static func pointsToKnown(_ text: String, from path: TreePath, _ files: ProtectedFiles) -> Bool {
    guard let line = text.split(separator: "\n").first, line.hasPrefix("gitdir: ") else { return false }
    var target = Array(path.parent.parts)
    let given = line.dropFirst("gitdir: ".count)
    let names = given.split(separator: "/").map { Array($0.utf8) }
    if given.hasPrefix("/") {
      // Absolute: by its end, since only what lies in one of the repositories here is known.
      return files.repositories.contains { repository in
        guard let last = repository.parts.last, let cut = names.lastIndex(of: last) else { return false }
        return isOwnDirectory(names[(cut + 1)...])
          && names[...cut].suffix(repository.depth).elementsEqual(repository.parts)
      }
    }
    for name in names {
      if name.elementsEqual("..".utf8) { _ = target.popLast() } else { target.append(name) }
    }
    return files.repositories.contains { repository in
      target.starts(with: repository.parts) && isOwnDirectory(target[repository.depth...])
    }
      || files.repositories.contains(TreePath(bytes: Array(target.joined(separator: [0x2f]))))
        && target.contains { $0.elementsEqual("modules".utf8) }
  }

  private static func isOwnDirectory(_ names: ArraySlice<[UInt8]>) -> Bool {
    guard let first = names.first, names.count >= 2 else { return false }
    return first.elementsEqual("worktrees".utf8) || first.elementsEqual("modules".utf8)
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
