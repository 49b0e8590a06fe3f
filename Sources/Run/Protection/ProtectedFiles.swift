internal import Confinement
internal import Glibc
internal import Policy

/// The protected places of a workspace as they were at one moment, with what they held.
struct ProtectedFiles: Sendable {
  var states: [TreePath: ProtectedState] = [:]
  /// What a repository's own files are in.
  var repositories: Set<TreePath> = []
  /// On the way to protected places, and empty ones.
  var directories: Set<TreePath> = []
  /// Where links in protected places lead within the workspace: what is there acts as what stands in their place.
  var followed: Set<Followed> = []
  /// Protected directories with more in them than is looked at.
  var crowded: [TreePath: ProtectedState] = [:]
  /// Directories all names of which were looked at, each as eight bytes.
  var walked: Set<UInt64> = []
  /// Directories that could not be listed when the run began.
  var unreadable: Set<TreePath> = []
  /// What is in it and not its own: other directories that are looked at by themselves, and what is free to be changed.
  var excluded: Set<TreePath> = []
  /// What was not looked at since there was more than is: the first of them, and how many there were.
  private(set) var leftOut: [TreePath] = []
  private(set) var leftOutCount = 0

  /// Absolute; empty for what was read again.
  let workspace: String

  /// A place that a link leads to, with the rest of the way from there.
  struct Followed: Hashable, Sendable {
    let path: TreePath
    let rest: [String]
    let group: ProtectedGroup
  }

  /// What is not there.
  init(workspace: String) { self.workspace = workspace }

  /// - Parameter earlier: what was there at an earlier moment is looked at first, so that nobody hides it by making more
  ///   names than are looked at.
  init(
    in workspace: String, _ protection: Protection, without excluded: Set<TreePath> = [],
    after earlier: ProtectedFiles? = nil
  ) {
    if let earlier, !earlier.unreadable.contains(.top) { Self.open(workspace) }
    guard var walk = ProtectedWalk(in: workspace, protection, without: excluded, after: earlier) else {
      self.init(workspace: workspace)
      guard FilePaths.isDirectory(workspace) else { return }
      unreadable.insert(.top)
      leaveOut(.top)
      return
    }
    walk.look()
    self = walk.found
  }

  /// Whoever may not list a directory may still go to a name in it: what a run closed is opened to us, who own it.
  private static func open(_ directory: String) {
    guard let status = FileStatus(path: directory), status.kind == .directory, status.permissions & 0o500 != 0o500
    else { return }
    chmod(directory, mode_t(status.permissions | 0o500))
  }

  /// Whether there was more than is looked at, of what is not allowed to be changed.
  var isIncomplete: Bool { leftOutCount > 0 || !tooFull.isEmpty }

  /// Whether it is not this directory's own.
  func isExcluded(_ path: TreePath) -> Bool {
    !excluded.isEmpty && excluded.contains { path.isWithin($0) }
  }

  /// Those of the crowded directories that matter.
  var tooFull: [TreePath] { crowded.filter { $0.value.action != .allow }.keys.sorted() }

  mutating func leaveOut(_ directory: TreePath) {
    leftOutCount += 1
    if leftOut.count < RunLimits.protectedLeftOut { leftOut.append(directory) }
  }
}

extension ProtectedFiles {
  /// What can be covered by a mount: what is there and denied, the shallowest first.
  /// - Parameter protection: the policy's, with the places that were found.
  func pinned(_ protection: Protection) -> [String] {
    var paths: Set<TreePath> = []
    // What a link in the place of a directory leads to goes as one, so that nothing can be added.
    let whole = followed.lazy.filter {
      $0.rest.isEmpty && directories.contains($0.path) && protection.action(for: $0.group) == .deny
    }
    .map(\.path)
    for (path, state) in states where state.action == .deny {
      // A rebase that is under way may go on.
      guard String(validating: path.bytes, as: UTF8.self) != nil, !GitPlaces.isTodo(path) else { continue }
      // A repository's hooks do, too.
      let hooks = repositories.first { path.isWithin($0.appending("hooks")) }?.appending("hooks")
      paths.insert(hooks ?? whole.first { path.isWithin($0) } ?? path)
    }
    for path in whole where String(validating: path.bytes, as: UTF8.self) != nil { paths.insert(path) }
    for repository in repositories where states[repository.appending("config")]?.action == .deny {
      let hooks = repository.appending("hooks")
      if directories.contains(hooks), String(validating: hooks.bytes, as: UTF8.self) != nil { paths.insert(hooks) }
    }
    return paths.sorted { ($0.depth, $0) < ($1.depth, $1) }.prefix(RunLimits.protectedMounts).map(\.text)
  }

  /// What links in protected places lead to, as names below the workspace; the strictest of a place's groups.
  func linked(_ protection: Protection) -> [String: ProtectedGroup] {
    var linked: [String: ProtectedGroup] = [:]
    for place in followed {
      let name = ([place.path.text] + place.rest).filter { !$0.isEmpty }.joined(separator: "/")
      if let other = linked[name], protection.action(for: other) >= protection.action(for: place.group) { continue }
      linked[name] = place.group
    }
    return linked
  }

  /// Whether a link in a protected place led there when the run began.
  func isFollowed(_ path: TreePath) -> Bool { followed.contains { path.isWithin($0.path) } }

  /// What of the repositories that are there is refused at once, as names below the workspace.
  var guardedRepositories: [String] {
    repositories.filter { states[$0.appending("config")]?.action ?? .deny == .deny }.sorted()
      .prefix(RunLimits.protectedMounts).flatMap { repository in
        ["hooks", "config", "config.worktree", "commondir"].map { repository.appending($0).text }
      }
  }
}
