internal import Glibc

/// The repository that a workspace is a part of, where git's own files lie outside of it: the workspace is a directory
/// below the top, a linked worktree, or a submodule.
///
/// The agent sees the whole working tree, because git takes what it cannot see for deleted, and can change what is its
/// own: the workspace, and of the repository what a commit changes. What makes git start programs (hooks, configuration)
/// cannot be changed. A file that points to a repository is followed only where that repository points back: the
/// workspace is the agent's to write, the next run must not open what an earlier agent wished for.
struct GitRepository: Hashable {
  private(set) var reads: [String] = []
  private(set) var writes: [String] = []

  /// - Returns: `nil` where there is no repository, or all of it is in the workspace.
  static func around(_ workspace: String, home: String) -> GitRepository? {
    var top = workspace
    while true {
      let mark = "\(top)/.git"
      if FilePaths.isLink(mark) { return nil }
      if isRepository(mark) {
        return top == workspace ? nil : GitRepository(top: top, workspace: workspace, common: mark, own: nil)
      }
      if FilePaths.exists(mark) { return linked(top: top, workspace: workspace, mark: mark) }
      top = FilePaths.parent(top)
      guard top != "/", top != home, !home.hasPrefix("\(top)/"), FilePaths.isOwn(top) else { return nil }
    }
  }

  /// - Parameter own: the worktree's own directory in the common one.
  private init(top: String, workspace: String, common: String, own: String?) {
    if top != workspace { reads.append(top) }
    guard FilePaths.isOwn(common), !(Self.programStarters.contains { FilePaths.isLink("\(common)/\($0)") }) else {
      reads.append(common)
      return
    }
    // What is not there could be made; git's own templates make it too.
    mkdir("\(common)/hooks", 0o755)
    writes.append(common)
    reads += Self.programStarters.map { "\(common)/\($0)" }.filter(FilePaths.exists)
    if top == workspace { reads.append("\(top)/.git") }
    guard let own else { return }
    writes.append(own)
    reads += ["commondir", "gitdir", "config.worktree"].map { "\(own)/\($0)" }.filter(FilePaths.exists)
  }

  /// In a repository, what decides which programs git starts, and where other parts of the repository are.
  private static let programStarters = ["hooks", "config", "config.worktree", "modules", "worktrees"]

  private static func linked(top: String, workspace: String, mark: String) -> GitRepository? {
    guard let own = path(in: mark, after: "gitdir: ", from: top), isOwnPlace(own, workspace), FilePaths.isOwn(own)
    else {
      return nil
    }
    if let backLink = path(in: "\(own)/gitdir", after: "", from: own), backLink == mark,
      let common = path(in: "\(own)/commondir", after: "", from: own), own.hasPrefix("\(common)/worktrees/"),
      isRepository(common)
    {
      return GitRepository(top: top, workspace: workspace, common: common, own: own)
    }
    guard own.contains("/.git/modules/"), isRepository(own),
      path(in: "\(own)/config", after: "worktree = ", from: own) == top
    else { return nil }
    return GitRepository(top: top, workspace: workspace, common: own, own: nil)
  }

  /// Not within the workspace, where nothing needs to be shown and anything could have been written.
  private static func isOwnPlace(_ path: String, _ workspace: String) -> Bool {
    path != workspace && !path.hasPrefix("\(workspace)/")
  }

  private static func isRepository(_ directory: String) -> Bool {
    FilePaths.isDirectory("\(directory)/objects") && FilePaths.isDirectory("\(directory)/refs")
      && FilePaths.exists("\(directory)/HEAD")
  }

  /// The canonical path in the first line that begins so.
  private static func path(in file: String, after beginning: String, from directory: String) -> String? {
    guard let text = FilePaths.read(file, limit: 64 << 10) else { return nil }
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }
    guard let line = lines.first(where: { $0.hasPrefix(beginning) }) else { return nil }
    let path = String(line.dropFirst(beginning.count))
    return FilePaths.canonical(path.hasPrefix("/") ? path : "\(directory)/\(path)")
  }
}
