/// A file of git's configuration, read only as far as it takes to say that it starts nothing (git-config(1)).
struct GitConfiguration {
  /// Whether every line is one of those that `git init`, `clone`, `submodule` and `switch` write. What is not
  /// understood is not.
  let isInert: Bool

  init(_ text: String) {
    var section = ""
    isInert = Self.lines(of: text).allSatisfy { line in
      if line.hasPrefix("[") {
        guard line.hasSuffix("]") else { return false }
        section = Self.section(line)
        return true
      }
      guard !line.hasSuffix("\\") else { return false }
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let key = parts[0].filter { !$0.isWhitespace }.lowercased()
      let value = parts.count < 2 ? "" : String(parts[1].drop { $0 == " " || $0 == "\t" })
      return Self.keys[section]?.contains(key) == true && Self.isInert(value, of: key)
    }
  }

  /// Where in a workspace git finds hooks, or more of its configuration, because its configuration says so: what lies
  /// there acts like git's own.
  static func hookPlaces(in workspace: String, home: String) -> [String] {
    let own = "\(workspace)/.git"
    let files = ["\(own)/config", "\(home)/.gitconfig", "\(home)/.config/git/config"]
    let named = files.flatMap { file -> [String] in
      let text = FilePaths.bytes(file, limit: RunLimits.placeBytes).map { String(decoding: $0, as: UTF8.self) } ?? ""
      return places(in: text).map { place in
        let path = FilePaths.expanded(place.path, home: home)
        return FilePaths.resolved(
          path.hasPrefix("/") ? path : "\(place.isHooks ? workspace : FilePaths.parent(file))/\(path)")
      }
    }
    return Set(named).filter { $0.hasPrefix(workspace + "/") && !FilePaths.isWithin($0, own) }.sorted()
      .map { String($0.dropFirst(workspace.utf8.count + 1)) }
  }

  private static func places(in text: String) -> [(path: String, isHooks: Bool)] {
    var section = ""
    return lines(of: text).compactMap { line in
      if line.hasPrefix("[") { section = Self.section(line) }
      let parts = line.split(separator: "=", maxSplits: 1).map { $0.drop { $0 == " " || $0 == "\t" } }
      guard parts.count == 2 else { return nil }
      let key = parts[0].filter { !$0.isWhitespace }.lowercased()
      let isHooks = section == "core" && key == "hookspath"
      guard isHooks || section.hasPrefix("include") && key == "path" else { return nil }
      return (parts[1].filter { $0 != "\"" }, isHooks)
    }
  }

  private static func section(_ line: String) -> String {
    String(line.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "-" }).lowercased()
  }

  /// Without comments, empty lines, and white space around.
  static func lines(of text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { line in
      var line = line.drop { $0 == " " || $0 == "\t" }
      while line.last == " " || line.last == "\t" { line = line.dropLast() }
      return String(line)
    }.filter { !$0.isEmpty && !$0.hasPrefix("#") && !$0.hasPrefix(";") }
  }

  private static func isInert(_ value: String, of key: String) -> Bool {
    switch key {
    // Of what git calls a remote helper, the name before two colons is a program.
    case "url", "remote":
      return !value.contains("::") && !value.hasPrefix("-") && !value.hasPrefix("\"")
    // A working tree elsewhere would be written to.
    case "worktree": return !value.hasPrefix("/") && !value.hasPrefix("\"")
    default: return true
    }
  }

  private static let keys: [String: Set<String>] = [
    "core": [
      "repositoryformatversion", "filemode", "bare", "logallrefupdates", "ignorecase", "precomposeunicode", "symlinks",
      "autocrlf", "eol", "quotepath", "worktree",
    ],
    "remote": ["url", "fetch", "tagopt", "prune", "promisor", "partialclonefilter"],
    "branch": ["remote", "merge", "rebase"],
    "user": ["name", "email"],
    "submodule": ["url", "active", "branch"],
    "extensions": ["objectformat", "partialclone", "worktreeconfig"],
    "init": ["defaultbranch"],
    "pull": ["rebase"],
  ]
}
