/// What a file of git's configuration makes git do, as far as programs that it starts (git-config(1)).
struct GitConfiguration {
  /// Whether every variable is one of those that `git init`, `clone`, `submodule` and `switch` write. What is not
  /// understood is not.
  let isInert: Bool

  init(_ text: String) {
    let reader = GitConfigurationReader(Array(text.utf8))
    isInert = reader.isWhole && reader.variables.allSatisfy(Self.isInert)
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
    GitConfigurationReader(Array(text.utf8)).variables.compactMap { variable in
      let isHooks = variable.section == "core" && variable.key == "hookspath"
      guard isHooks || ["include", "includeif"].contains(variable.section) && variable.key == "path" else { return nil }
      return variable.value.isEmpty ? nil : (variable.text, isHooks)
    }
  }

  private static func isInert(_ variable: GitConfigurationReader.Variable) -> Bool {
    guard keys[variable.section]?.contains(variable.key) == true else { return false }
    switch variable.key {
    // Of what git calls a remote helper, the name before two colons is a program.
    case "url", "remote": return !variable.text.contains("::") && !variable.text.hasPrefix("-")
    // A working tree elsewhere would be written to.
    case "worktree": return !variable.text.hasPrefix("/")
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
