internal import Attribution
internal import Glibc
internal import Policy

/// Looks through a workspace for the files that a policy's patterns and owners mean.
enum UnmatchedPatterns {
  /// What means no file of the workspace; nothing where that cannot be told, or where the directory is none.
  ///
  /// Ignored and untracked files count, since agents read them too. A workspace is a directory of version control, or
  /// the one that the policy lies in, but no home directory.
  static func warnings(of policy: PolicyDocument, at place: Question.Place) -> [PolicyWarning] {
    guard let workspace = place.workspace, workspace != place.home, workspace != "/",
      FilePaths.exists("\(workspace)/.git") || isBeside(policy.file, workspace)
    else { return [] }
    var search = FilePatternSearch(policy, at: place)
    guard !search.isDone, everyFile(of: workspace, { search.see($0) }) || search.isDone else { return [] }
    return search.warnings
  }

  private static func isBeside(_ file: String, _ workspace: String) -> Bool {
    FilePaths.canonical(file).map { FilePaths.parent($0) == workspace } ?? false
  }

  /// - Parameter body: called with each path from the workspace; answers whether to go on.
  /// - Returns: whether all were seen.
  private static func everyFile(of workspace: String, _ body: (String) -> Bool) -> Bool {
    var walk = WorkspaceWalk()
    var count = 0
    guard walk.add("") else { return false }
    while let folder = walk.next() {
      let directory = open(folder.isEmpty ? workspace : "\(workspace)/\(folder)", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard directory >= 0 else { return false }
      defer { close(directory) }
      guard let entries = WorkspaceWalk.entries(of: directory), entries.unnameable.isEmpty else { return false }
      let within = { (name: String) in folder.isEmpty ? name : "\(folder)/\(name)" }
      for file in entries.files {
        count += 1
        guard count <= PolicyLimits.soughtFiles, body(within(file)) else { return false }
      }
      for child in entries.folders { guard walk.add(within(child)) else { return false } }
    }
    return true
  }
}
