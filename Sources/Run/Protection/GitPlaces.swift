/// Tells what git itself makes, in a clone, a worktree or a submodule, from what makes it start programs.
enum GitPlaces {
  /// Whether git takes a directory that has these names for a repository, whatever it is called (setup.c of git,
  /// `is_git_directory`).
  static func isRepository(_ has: (String) -> Bool) -> Bool {
    has("HEAD") && (has("objects") && has("refs") || has("commondir"))
  }

  /// Whether something new in a repository cannot start anything.
  ///
  /// - Parameter others: what other directories hold in which a repository may have its working tree, or the other way.
  static func isInert(
    _ path: TreePath, _ state: ProtectedState, before: ProtectedFiles, after: ProtectedFiles,
    beside others: [ProtectedFiles] = []
  ) -> Bool {
    guard case .file(let bytes) = state.content else { return false }
    let text = String(decoding: bytes, as: UTF8.self)
    let name = String(decoding: path.name, as: UTF8.self)
    if path.parent.name.elementsEqual("hooks".utf8) { return name.hasSuffix(".sample") }
    switch name {
    case ".git":
      if leadsToKnown(text, from: path.parent, workspace: after.workspace, { after.repositories.contains($0) }) {
        return true
      }
      let absolute = absoluteLink(text, from: path.parent, workspace: after.workspace)
      return others.contains { other in
        leadsToKnown(absolute, from: .top, workspace: other.workspace) { other.repositories.contains($0) }
      }
    case "config", "config.worktree":
      return !before.repositories.contains(path.parent) && GitConfiguration(text).isInert
    case "commondir":
      return path.parent.parent.name.elementsEqual("worktrees".utf8) && trimmed(text) == "../.."
    case "attributes": return hasNoAttributes(text)
    case "git-rebase-todo": return startsNothing(todo: text)
    default: return false
    }
  }

  /// Whether a file of attributes has comments at most (attr.c of git, `parse_attr_line`).
  static func hasNoAttributes(_ text: String) -> Bool {
    text.utf8.split(separator: UInt8(ascii: "\n")).allSatisfy { line in
      let first = line.first { !" \t\r".utf8.contains($0) }
      return first == nil || first == UInt8(ascii: "#")
    }
  }

  /// Whether it is the list of what a rebase has still to do.
  static func isTodo(_ path: TreePath) -> Bool { path.name.elementsEqual("git-rebase-todo".utf8) }

  /// Whether what is left of a rebase is commits alone: `exec` would run when it goes on (git-rebase(1)).
  static func startsNothing(todo text: String) -> Bool {
    text.utf8.split(separator: UInt8(ascii: "\n")).allSatisfy { line in
      let word = line.drop { " \t".utf8.contains($0) }.prefix { !" \t\r".utf8.contains($0) }
      return word.isEmpty || word.first == UInt8(ascii: "#")
        || Self.todoWords.contains { word.elementsEqual($0.utf8) }
    }
  }

  /// All commands of a todo list but `exec`, with their short forms.
  private static let todoWords = [
    "pick", "p", "reword", "r", "edit", "e", "squash", "s", "fixup", "f", "break", "b", "drop", "d", "label", "l",
    "reset", "t", "merge", "m", "noop", "update-ref", "u",
  ]

  /// Whether what the file belonged to is not there any more.
  static func isGone(_ path: TreePath, in later: ProtectedFiles) -> Bool {
    let name = path.name
    if name.elementsEqual(".git".utf8) { return true }
    // A rebase ends, and its list with it.
    if isTodo(path) { return true }
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
    // Bytes, as the kernel separates names: a letter may be more than one of them.
    var given = Array(text.utf8)[...]
    while given.last == UInt8(ascii: "\n") || given.last == UInt8(ascii: "\r") { given = given.dropLast() }
    let prefix = Array("gitdir: ".utf8)
    guard given.starts(with: prefix), !given.contains(where: { $0 < 0x20 }) else { return false }
    given = given.dropFirst(prefix.count)
    let isAbsolute = given.first == UInt8(ascii: "/")
    guard !isAbsolute || given.starts(with: (workspace + "/").utf8) else { return false }
    var target = isAbsolute ? [] : directory.parts
    var isInside = isAbsolute
    for name in (isAbsolute ? given.dropFirst(workspace.utf8.count) : given).split(separator: UInt8(ascii: "/")) {
      if name.elementsEqual("..".utf8) {
        // Behind a name it would lead elsewhere where that is a link. Git does not write such.
        guard !isInside, target.popLast() != nil else { return false }
      } else if !name.elementsEqual(".".utf8) {
        target.append(Array(name))
        isInside = true
      }
    }
    return target.indices.dropLast().contains { index in
      (target[index].elementsEqual("worktrees".utf8) || target[index].elementsEqual("modules".utf8))
        && isRepository(TreePath(bytes: Array(target[..<index].joined(separator: [UInt8(ascii: "/")]))))
    }
  }

  /// The text of a file `.git` without the way out of its own directory, where it has one.
  private static func absoluteLink(_ text: String, from directory: TreePath, workspace: String) -> String {
    let (prefix, up) = ("gitdir: ", "../")
    guard text.hasPrefix(prefix + up) else { return text }
    var base = "\(workspace)/\(directory.text)"
    if base.hasSuffix("/") { base.removeLast() }
    var rest = text.dropFirst(prefix.count)
    while rest.hasPrefix(up) {
      base = FilePaths.parent(base)
      rest = rest.dropFirst(up.count)
    }
    return "\(prefix)\(base == "/" ? "" : base)/\(rest)"
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
