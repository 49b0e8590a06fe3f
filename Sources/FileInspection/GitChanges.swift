/// What changes brought: the contents that are there after them, each with the one that was there before.
package struct GitChanges {
  /// What commits say of themselves, then each content once at each of its paths, in the first of its commits. What may stay in one file may not in another.
  package let sources: [FileSource]

  /// What is staged for the next commit.
  ///
  /// - Throws: ``FileInspectionError`` with `.git`.
  package static func staged(in repository: GitRepositoryPlace) throws(FileInspectionError) -> GitChanges {
    let git = try repository.command()
    if repository.variables["GIT_INDEX_FILE"] == nil, try git.word(["rev-parse", "--is-bare-repository"]) == "true" {
      throw FileInspectionError(
        .git, at: repository.directory, "has nothing staged: it is a bare repository.",
        remedy: "Name commits with --range.")
    }
    let hasCommit = (try? git.output(["rev-parse", "--quiet", "--verify", "HEAD^{commit}"])) != nil
    // Before the first commit everything is compared with nothing.
    let before = hasCommit ? "HEAD" : try empty(git)
    let output = try git.output(
      ["diff-index", "--cached", "--raw", "-z", "--no-abbrev", "--find-renames", "--ignore-submodules", before])
    return GitChanges(raw: output, top: top(git))
  }

  /// What the commits of a range brought, merges included.
  ///
  /// - Parameter range: as `git rev-list` takes it: `main..HEAD`, `HEAD~5..`, or one commit for all that leads to it.
  /// - Throws: ``FileInspectionError`` with `.git`.
  package static func range(
    _ range: String, in repository: GitRepositoryPlace
  ) throws(FileInspectionError) -> GitChanges {
    let git = try repository.command()
    // What begins with a dash would be an option; `--end-of-options` says that none comes.
    let commits = try git.output(["rev-list", "--reverse", "--end-of-options", range, "--"])
    try checkEnds(of: range, git)
    let output = try git.output(
      [
        "diff-tree", "--stdin", "-r", "-m", "--root", "--raw", "-z", "--no-abbrev", "--find-renames",
        "--ignore-submodules",
      ], input: commits)
    let named = String(decoding: commits, as: UTF8.self).split(separator: "\n").map {
      FileSource.message(of: String($0))
    }
    return GitChanges(messages: named, raw: output, top: top(git))
  }

  /// A range without commits is one, as where nothing was committed since; trees and files are none, of which git says
  /// nothing.
  private static func checkEnds(of range: String, _ git: GitCommand) throws(FileInspectionError) {
    let ends = String(decoding: try git.output(["rev-parse", "--revs-only", range]), as: UTF8.self).split(
      separator: "\n")
    let asked = ends.map { "\($0.drop { $0 == "^" })^{}\n" }.joined()
    let types = String(
      decoding: try git.output(["cat-file", "--batch-check=%(objecttype)"], input: Array(asked.utf8)), as: UTF8.self)
    let remedy = "Name commits, such as main..HEAD, or HEAD for all."
    if let other = types.split(separator: "\n").first(where: { $0 != "commit" }) {
      throw FileInspectionError(.git, at: range, "is no range of commits: it names a \(other).", remedy: remedy)
    }
    guard ends.contains(where: { !$0.hasPrefix("^") }) else {
      throw FileInspectionError(
        .git, at: range, "says which commits are left out, and none to look at.", remedy: remedy)
    }
  }

  /// - Returns: `nil` in a repository without a working tree.
  private static func top(_ git: GitCommand) -> String? { try? git.word(["rev-parse", "--show-toplevel"]) }

  private static func empty(_ git: GitCommand) throws(FileInspectionError) -> String {
    try git.word(["hash-object", "-t", "tree", "--stdin"])
  }

  /// - Parameters:
  ///   - messages: of the commits.
  ///   - raw: the raw output format of git-diff-tree(1) with `-z`: names of commits, and for each change
  ///     `:mode mode object object status` and one path, or two for a rename.
  init(messages: [FileSource] = [], raw: [UInt8], top: String? = nil) {
    var fields = raw.split(separator: 0, omittingEmptySubsequences: false)[...]
    var seen: Set<Place> = []
    // A directory that is in several commits is told of the first of them.
    var named: Set<String> = []
    var sources = messages
    var commit: String?
    while let field = fields.popFirst() {
      let text = String(decoding: field, as: UTF8.self)
      guard text.hasPrefix(":") else {
        // A commit's name stands before the first of its changes.
        if !text.isEmpty { commit = text }
        continue
      }
      guard let change = Change(text.dropFirst()), let first = fields.popFirst() else { continue }
      let path = change.hasTwoPaths ? fields.popFirst() ?? first : first
      let name = String(decoding: path, as: UTF8.self)
      let isNew = change.isThere && (change.predecessor == nil || change.hasTwoPaths)
      if isNew {
        for directory in Self.directories(of: name) where named.insert(directory).inserted {
          sources.append(.name(directory, commit: commit))
        }
        if !change.isFile { sources.append(.name(name, commit: commit)) }
      }
      guard change.isFile, seen.insert(Place(object: change.object, path: Array(path))).inserted else { continue }
      sources.append(
        FileSource(
          name: name, commit: commit, content: .object(change.object), predecessor: change.predecessor,
          ownName: isNew ? FileSource.lastPart(of: name) : nil, top: top))
    }
    self.sources = sources
  }

  /// Those that a path leads through.
  private static func directories(of path: String) -> [String] {
    path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) }
  }

  private struct Place: Hashable {
    let object: String
    let path: [UInt8]
  }

  private struct Change {
    let object: String
    let predecessor: String?
    /// A regular file or a link that is there afterwards: no submodule, nothing deleted.
    let isFile: Bool
    /// Or a submodule.
    let isThere: Bool
    let hasTwoPaths: Bool

    init?(_ text: Substring) {
      let words = text.split(separator: " ")
      guard words.count == 5, let status = words[4].first else { return nil }
      object = String(words[3])
      isFile = Self.hasContent(words[1])
      isThere = words[1] != "000000"
      predecessor = Self.hasContent(words[0]) ? String(words[2]) : nil
      hasTwoPaths = status == "R" || status == "C"
    }

    /// Whether the mode is that of a file, or of a link, whose content is where it leads.
    private static func hasContent(_ mode: Substring) -> Bool { mode.hasPrefix("100") || mode == "120000" }
  }
}
