internal import Confinement
internal import Policy

/// Looks for the protected places of a workspace: git's own first, then those at the top, then all others, those in
/// directories that were there before ahead of new ones, and the shallower ahead of the deeper. Each directory has
/// bounds of its own, so that nobody hides one thing by making many others.
struct ProtectedWalk: ~Copyable {
  private(set) var found: ProtectedFiles

  private let root: TreeRoot
  private let protection: Protection
  private let earlier: ProtectedFiles?
  private var namesLeft = RunLimits.protectedWalkNames
  private var bytesLeft = RunLimits.protectedBytes
  /// Whether what is found counts among the names that are looked at.
  private var isWalking = false
  private var known = Queue()
  private var new = Queue()

  private struct Queue {
    private var paths: [TreePath] = []
    private var head = 0

    var waiting: ArraySlice<TreePath> { paths[head...] }

    mutating func add(_ path: TreePath) { paths.append(path) }

    mutating func next() -> TreePath? {
      guard head < paths.count else { return nil }
      defer { head += 1 }
      return paths[head]
    }
  }

  /// By their first name, which nearly all names fail at once.
  private static let anywhere = places { $0.isAnywhere }
  private static let atTop = places { !$0.isAnywhere }

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

  /// - Parameter earlier: what was there at an earlier moment is looked at first, and without bounds.
  /// - Returns: `nil` where there is no such directory.
  init?(in workspace: String, _ protection: Protection, without excluded: Set<TreePath>, after earlier: ProtectedFiles?)
  {
    guard let root = TreeRoot(workspace) else { return nil }
    self.root = root
    self.protection = protection
    self.earlier = earlier
    found = ProtectedFiles(workspace: workspace)
    found.excluded = earlier?.excluded ?? excluded
  }

  mutating func look() {
    found.followed = earlier?.followed ?? []
    for path in (earlier?.repositories ?? []).union([.top.appending(".git")]).sorted()
    where root.status(path)?.kind == .directory {
      repository(path)
    }
    for (path, state) in (earlier?.states ?? [:]).sorted(by: { $0.key < $1.key }) { place(path, state.group) }
    for place in found.followed.sorted(by: { $0.path < $1.path }) { follow(place.path, place.rest, place.group) }
    for place in protection.hookPlaces { self.place(TreePath(bytes: Array(place.utf8)), .hooks) }
    for group in ProtectedGroup.allCases {
      for place in group.places { follow(.top.appending(place.names[0]), Array(place.names.dropFirst()), group) }
    }
    isWalking = true
    walk(.top)
    while namesLeft > 0, let directory = known.next() ?? new.next() { walk(directory) }
    for path in known.waiting { found.leaveOut(path) }
    for path in new.waiting { found.leaveOut(path) }
  }

  private mutating func enqueue(_ directory: TreePath) {
    if earlier?.walked.contains(directory.hash64) == true { known.add(directory) } else { new.add(directory) }
  }

  private mutating func walk(_ directory: TreePath) {
    guard directory.depth < RunLimits.protectedDepth else { return found.leaveOut(directory) }
    guard let names = names(in: directory) else { return }
    found.walked.insert(directory.hash64)
    // One that was empty before stays when what came into it goes.
    if names.isEmpty { found.directories.insert(directory) }
    namesLeft -= min(1 + names.count, RunLimits.protectedDirectoryNames)
    let isGits = directory.parts.contains { $0.elementsEqual(".git".utf8) }
    if isGits && directory.name.elementsEqual(".git".utf8)
      || GitPlaces.isRepository({ name in names.contains { $0.name.elementsEqual(name.utf8) } })
    {
      repository(directory)
      // Elsewhere it may be a workspace that only looks like one.
      if isGits { return }
    }
    for (name, isDirectory) in names {
      let path = directory.appending(name)
      if found.isExcluded(path) { continue }
      let text = String(decoding: name, as: UTF8.self)
      if text == ".git", !isDirectory { place(path, .git) }
      if protection.namesPlaces, !isDirectory, protection.ownAction(for: path.text) != nil { place(path, nil) }
      let places = (Self.anywhere[text] ?? []) + (directory == .top ? Self.atTop[text] ?? [] : [])
      for (rest, group) in places { follow(path, rest, group) }
      if isDirectory, !ProtectedPlace.installed.contains(text), places.allSatisfy({ !$0.rest.isEmpty }) {
        enqueue(path)
      }
    }
  }

  /// The rest of the way to a place; a link on it is itself such a place, since it decides what is there.
  private mutating func follow(_ path: TreePath, _ rest: [String], _ group: ProtectedGroup) {
    guard !found.isExcluded(path), let status = root.status(path) else { return }
    if status.kind == .directory { found.directories.insert(path) }
    guard let next = rest.first, status.kind == .directory else {
      if status.kind == .link { followLink(path, rest, group) }
      return place(path, group)
    }
    // Its names need not be known, but those below it are reached only through one that can be read.
    if earlier != nil, !root.canRead(path) { _ = names(in: path) }
    follow(path.appending(next), Array(rest.dropFirst()), group)
  }

  /// Links that were there when the run began are followed. One that a run makes is a change itself; what it leads to
  /// may be anything, and must not be taken for new because of it.
  private mutating func followLink(_ path: TreePath, _ rest: [String], _ group: ProtectedGroup?) {
    guard earlier == nil, let group, let target = LinkTarget.of(path, in: root, at: found.workspace),
      !found.isExcluded(target)
    else { return }
    // The whole workspace would be one protected place.
    guard target != .top || !rest.isEmpty else { return }
    let place = ProtectedFiles.Followed(path: target, rest: rest, group: group)
    guard found.followed.insert(place).inserted else { return }
    if target == .top, let first = rest.first {
      follow(target.appending(first), Array(rest.dropFirst()), group)
    } else {
      follow(target, rest, group)
    }
  }

  private mutating func repository(_ path: TreePath) {
    guard !found.isExcluded(path), found.repositories.insert(path).inserted else { return }
    if earlier != nil, !root.canRead(path) { _ = names(in: path) }
    for name in ["hooks", "config", "config.worktree", "info/attributes", "commondir", "rebase-merge/git-rebase-todo"] {
      place(path.appending(name), .git)
    }
    // A link in their place decides what is there.
    for name in ["info", "worktrees", "modules"] where root.status(path.appending(name))?.kind == .link {
      place(path.appending(name), .git)
    }
    let worktrees = path.appending("worktrees")
    for (name, isDirectory) in names(in: worktrees) ?? [] where isDirectory {
      // Without its common directory it would be a repository of its own.
      if worktrees.depth < RunLimits.protectedDepth { repository(worktrees.appending(name)) }
    }
    // A submodule's name may have slashes.
    if root.status(path.appending("modules"))?.kind == .directory { enqueue(path.appending("modules")) }
  }

  /// One place, whatever it is, with bounds of its own. Of a directory that goes beyond them only that is known.
  private mutating func place(_ path: TreePath, _ group: ProtectedGroup?) {
    var left = RunLimits.protectedPlaceFiles
    guard found.crowded[path] == nil, !take(path, group, &left), let status = root.status(path) else { return }
    let action = protection.ownAction(for: path.text + "/x") ?? group.map(protection.action) ?? .allow
    found.crowded[path] = ProtectedState(
      group: group, action: action, permissions: status.permissions, content: .crowd)
  }

  /// - Returns: whether all of it was looked at.
  private mutating func take(_ path: TreePath, _ group: ProtectedGroup?, _ left: inout Int) -> Bool {
    guard !found.isExcluded(path), found.states[path] == nil, let status = root.status(path) else { return true }
    if status.kind == .link { followLink(path, [], group) }
    if status.kind == .directory {
      found.directories.insert(path)
      guard path.depth < RunLimits.protectedDepth else { return false }
      return (names(in: path) ?? []).allSatisfy { take(path.appending($0.name), group, &left) }
    }
    guard left > 0 else { return false }
    left -= 1
    if isWalking { namesLeft -= 1 }
    let action = protection.ownAction(for: path.text) ?? group.map(protection.action) ?? .allow
    found.states[path] = ProtectedState(
      group: group, action: action, permissions: status.permissions, content: content(path, status))
    return true
  }

  private mutating func content(_ path: TreePath, _ status: FileStatus) -> ProtectedState.Content {
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

  /// Whoever may not list a directory may still go to a name in it. Such a one that a run made is opened to us, who own
  /// it; one that was so before stays closed.
  private mutating func names(in path: TreePath) -> [(name: [UInt8], isDirectory: Bool)]? {
    if let names = root.names(in: path) { return names }
    guard root.status(path)?.kind == .directory else { return nil }
    guard let earlier else {
      found.unreadable.insert(path)
      return nil
    }
    guard !earlier.unreadable.contains(path) else { return nil }
    root.makeReadable(path)
    let names = root.names(in: path)
    if names == nil { found.leaveOut(path) }
    return names
  }
}
