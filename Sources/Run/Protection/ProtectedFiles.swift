internal import Confinement
internal import Glibc
internal import Policy

/// The protected places of a workspace as they were at one moment, with what they held.
struct ProtectedFiles: Sendable {
  private(set) var states: [TreePath: ProtectedState] = [:]
  /// What a repository's own files are in.
  private(set) var repositories: Set<TreePath> = []
  /// On the way to protected places, and empty ones.
  private(set) var directories: Set<TreePath> = []
  /// Where links in protected places lead within the workspace: what is there acts as what stands in their place.
  private(set) var followed: Set<Followed> = []
  /// Whether there was more than is looked at.
  private(set) var isIncomplete = false

  /// Absolute; empty for what was read again.
  let workspace: String
  private let protection: Protection
  /// Links that were there when the run began are followed. One that a run makes is a change itself; what it leads to may
  /// be anything, and must not be taken for new because of it.
  private let followsLinks: Bool
  private var namesLeft = RunLimits.protectedWalkNames
  private var bytesLeft = RunLimits.protectedBytes
  private var filesAllowed = RunLimits.protectedFiles

  /// Other people's code: editors and shells do not act on what lies in there by themselves.
  private static let installed: Set<String> = [
    "node_modules", ".venv", "venv", "site-packages", "dist-packages", "bower_components", "__pycache__",
  ]

  /// By their first name, which nearly all names fail at once.
  private static let anywhere = places { $0.isAnywhere }
  private static let atTop = places { !$0.isAnywhere }

  /// A place that a link leads to, with the rest of the way from there.
  struct Followed: Hashable, Sendable {
    let path: TreePath
    let rest: [String]
    let group: ProtectedGroup
  }

  private static func places(
    _ isWanted: (ProtectedPlace) -> Bool
  ) -> [String: [(rest: [String], group: ProtectedGroup)]] {
    var places: [String: [(rest: [String], group: ProtectedGroup)]] = [:]
    for group in ProtectedGroup.allCases {
      for place in group.places where isWanted(place) {
        places[place.names[0], default: []].append((Array(place.names.dropFirst()), group))
      }
    }
    return places
  }

  /// - Parameter earlier: what was there at an earlier moment is looked at first, so that nobody hides it by making more
  ///   names than are looked at.
  init(in workspace: String, _ protection: Protection, after earlier: ProtectedFiles? = nil) {
    self.workspace = workspace
    self.protection = protection
    followsLinks = earlier == nil
    guard let root = TreeRoot(workspace) else { return }
    filesAllowed += earlier?.states.count ?? 0
    for (path, state) in earlier?.states ?? [:] { take(path, state.group, root) }
    followed = earlier?.followed ?? []
    for place in followed { follow(place.path, place.rest, place.group, root) }
    for place in protection.hookPlaces { take(TreePath(bytes: Array(place.utf8)), .hooks, root) }
    for (name, places) in Array(Self.anywhere) + Array(Self.atTop) {
      for (rest, group) in places { follow(.top.appending(name), rest, group, root) }
    }
    var waiting = [TreePath.top]
    for path in [.top.appending(".git")] + (earlier?.repositories.sorted() ?? [])
    where root.status(path)?.kind == .directory {
      repository(path, root, &waiting)
    }
    while let directory = waiting.popLast() { walk(directory, root, &waiting) }
  }

  private mutating func walk(_ directory: TreePath, _ root: borrowing TreeRoot, _ waiting: inout [TreePath]) {
    guard directory.depth < RunLimits.protectedDepth, let names = root.names(in: directory) else {
      if directory.depth >= RunLimits.protectedDepth { isIncomplete = true }
      return
    }
    // One that was empty before stays when what came into it goes.
    if names.isEmpty { directories.insert(directory) }
    namesLeft -= names.count
    guard namesLeft >= 0 else {
      isIncomplete = true
      return
    }
    let isGits = directory.parts.contains { $0.elementsEqual(".git".utf8) }
    if isGits && directory.name.elementsEqual(".git".utf8)
      || GitPlaces.isRepository({ name in names.contains { $0.name.elementsEqual(name.utf8) } })
    {
      repository(directory, root, &waiting)
      // Elsewhere it may be a workspace that only looks like one.
      if isGits { return }
    }
    for (name, isDirectory) in names {
      let path = directory.appending(name)
      let text = String(decoding: name, as: UTF8.self)
      if text == ".git", !isDirectory { take(path, .git, root) }
      if protection.namesPlaces, !isDirectory, protection.ownAction(for: path.text) != nil { take(path, nil, root) }
      let found = (Self.anywhere[text] ?? []) + (directory == .top ? Self.atTop[text] ?? [] : [])
      for (rest, group) in found { follow(path, rest, group, root) }
      if isDirectory, !Self.installed.contains(text), found.allSatisfy({ !$0.rest.isEmpty }) { waiting.append(path) }
    }
  }

  /// The rest of the way to a place; a link on it is itself such a place, since it decides what is there.
  private mutating func follow(_ path: TreePath, _ rest: [String], _ group: ProtectedGroup, _ root: borrowing TreeRoot)
  {
    guard let status = root.status(path) else { return }
    if status.kind == .directory { directories.insert(path) }
    guard let next = rest.first, status.kind == .directory else {
      if status.kind == .link { followLink(path, rest, group, root) }
      return take(path, group, root)
    }
    follow(path.appending(next), Array(rest.dropFirst()), group, root)
  }

  private mutating func followLink(
    _ path: TreePath, _ rest: [String], _ group: ProtectedGroup?, _ root: borrowing TreeRoot
  ) {
    guard followsLinks, let group, let target = LinkTarget.of(path, in: root, at: workspace) else { return }
    // The whole workspace would be one protected place.
    guard target != .top || !rest.isEmpty else { return }
    guard followed.insert(Followed(path: target, rest: rest, group: group)).inserted else { return }
    if target == .top, let first = rest.first {
      follow(target.appending(first), Array(rest.dropFirst()), group, root)
    } else {
      follow(target, rest, group, root)
    }
  }

  private mutating func repository(_ path: TreePath, _ root: borrowing TreeRoot, _ waiting: inout [TreePath]) {
    repositories.insert(path)
    for name in ["hooks", "config", "config.worktree", "info/attributes", "commondir", "rebase-merge/git-rebase-todo"] {
      take(path.appending(name), .git, root)
    }
    // A link in their place decides what is there.
    for name in ["info", "worktrees", "modules"] where root.status(path.appending(name))?.kind == .link {
      take(path.appending(name), .git, root)
    }
    let worktrees = path.appending("worktrees")
    for (name, isDirectory) in root.names(in: worktrees) ?? [] where isDirectory {
      // Without its common directory it would be a repository of its own.
      if worktrees.depth < RunLimits.protectedDepth { repository(worktrees.appending(name), root, &waiting) }
    }
    // A submodule's name may have slashes.
    if root.status(path.appending("modules"))?.kind == .directory { waiting.append(path.appending("modules")) }
  }

  private mutating func take(_ path: TreePath, _ group: ProtectedGroup?, _ root: borrowing TreeRoot) {
    guard states[path] == nil, let status = root.status(path) else { return }
    if status.kind == .link { followLink(path, [], group, root) }
    guard states.count < filesAllowed else {
      isIncomplete = true
      return
    }
    if status.kind == .directory {
      directories.insert(path)
      guard path.depth < RunLimits.protectedDepth else {
        isIncomplete = true
        return
      }
      for (name, _) in root.names(in: path) ?? [] { take(path.appending(name), group, root) }
      return
    }
    let action = protection.ownAction(for: path.text) ?? group.map(protection.action) ?? .allow
    states[path] = ProtectedState(
      group: group, action: action, permissions: status.permissions, content: content(path, status, root))
  }

  private mutating func content(
    _ path: TreePath, _ status: FileStatus, _ root: borrowing TreeRoot
  ) -> ProtectedState.Content {
    switch status.kind {
    case .link: return .link(root.linkText(path) ?? [])
    case .file:
      let limit = min(RunLimits.protectedFileBytes, bytesLeft)
      if let bytes = root.bytes(path, limit: limit) {
        bytesLeft -= bytes.count
        return .file(bytes)
      }
      return .long(bytes: status.bytes, changed: status.identity.changed)
    case .directory, .whiteout, .other: return .other
    }
  }
}

extension ProtectedFiles {
  /// Read again from what was written down.
  init(
    states: [TreePath: ProtectedState], repositories: Set<TreePath>, directories: Set<TreePath>,
    followed: Set<Followed>
  ) {
    workspace = ""
    protection = Protection()
    followsLinks = false
    self.followed = followed
    self.states = states
    self.repositories = repositories
    self.directories = directories
  }

  /// What can be covered by a mount: what is there and denied, the shallowest first.
  var pinned: [String] {
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
  var linked: [String: ProtectedGroup] {
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
