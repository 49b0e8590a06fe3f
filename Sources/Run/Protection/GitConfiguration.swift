/// What a file of git's configuration makes git do, as far as programs that it starts (git-config(1)).
struct GitConfiguration {
  /// Whether every variable is one of those that `git init`, `clone`, `submodule` and `switch` write. What is not
  /// understood is not.
  let isInert: Bool

  init(_ text: String) {
    let reader = GitConfigurationReader(Array(text.utf8))
    isInert = reader.isWhole && reader.variables.allSatisfy(Self.isInert)
  }

  /// Where in a directory git finds hooks, or more of its configuration, because its configuration says so: what lies
  /// there acts like git's own.
  ///
  /// - Parameter repositories: working trees whose configuration counts; one may have its hooks in another.
  static func hookPlaces(in directory: String, of repositories: [String], home: String) -> [String] {
    let named = repositories.flatMap { top in
      ["\(top)/.git/config", "\(home)/.gitconfig", "\(home)/.config/git/config"].flatMap { file in
        places(inFile: file, top: top, home: home)
      }
    }
    return Set(named).filter { $0.hasPrefix(directory + "/") && !FilePaths.isWithin($0, "\(directory)/.git") }.sorted()
      .map { String(decoding: $0.utf8.dropFirst(directory.utf8.count + 1), as: UTF8.self) }
  }

  /// - Parameter top: of the working tree.
  private static func places(inFile file: String, top: String, home: String) -> [String] {
    let text = FilePaths.bytes(file, limit: RunLimits.placeBytes).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return places(in: text).map { place in
      let path = FilePaths.expanded(place.path, home: home)
      return FilePaths.resolved(
        path.hasPrefix("/") ? path : "\(place.isHooks ? top : FilePaths.parent(file))/\(path)")
    }
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
