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
        section = String(line.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "-" }).lowercased()
        return true
      }
      guard !line.hasSuffix("\\") else { return false }
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let key = parts[0].filter { !$0.isWhitespace }.lowercased()
      let value = parts.count < 2 ? "" : String(parts[1].drop { $0 == " " || $0 == "\t" })
      return Self.keys[section]?.contains(key) == true && Self.isInert(value, of: key)
    }
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
