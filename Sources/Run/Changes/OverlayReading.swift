internal import Confinement
internal import Glibc
internal import Policy

/// Reads an overlay's upper layer as differences from the workspace below it.
struct OverlayReading: ~Copyable {
  private let upper: TreeRoot
  private let lower: TreeRoot
  private let protection: Protection
  private let present: PresentProtection?
  private let workspace: String
  private let hasEnded: Bool
  private var changes: [WorkspaceChange] = []
  /// What is in the layer or hidden by it and still to be looked at.
  private var waiting: [TreePath] = []
  /// Whether there was more than is looked at.
  private var isIncomplete = false
  /// Directories in which names get too long to be looked at; the first few.
  private var tooDeep: [TreePath] = []

  /// What was found.
  struct Result {
    /// By path.
    let changes: [WorkspaceChange]
    let isIncomplete: Bool
    let tooDeep: [TreePath]
  }

  /// - Parameters:
  ///   - protection: the run's.
  ///   - present: what counts where it is stricter.
  ///   - hasEnded: whether nobody works in the layer any more, so that what the agent closed to its owner may be opened.
  /// - Returns: `nil` where one of them is not there.
  init?(
    upper: String, workspace: String, _ protection: Protection, present: PresentProtection? = nil, hasEnded: Bool
  ) {
    guard let upper = TreeRoot(upper), let lower = TreeRoot(workspace) else { return nil }
    self.upper = upper
    self.lower = lower
    self.protection = protection
    self.present = present
    self.workspace = workspace
    self.hasEnded = hasEnded
  }

  consuming func read() -> Result {
    merge(.top)
    while let directory = waiting.popLast() { merge(directory) }
    return Result(changes: changes.sorted { $0.path < $1.path }, isIncomplete: isIncomplete, tooDeep: tooDeep)
  }

  private mutating func merge(_ directory: TreePath) {
    for (name, _) in upper.names(in: directory) ?? [] {
      guard let path = child(of: directory, name), let status = readable(path) else { continue }
      let below = lower.status(path)
      switch status.kind {
      case .whiteout: remove(path, below)
      case .directory: takeDirectory(path, status, below)
      case .file, .link: takeFile(path, status, below)
      case .other:
        if below?.kind != .other { note(path, below == nil ? .added : .changed, .other, below, status) }
      }
    }
  }

  /// - Returns: `nil` where its name gets too long.
  private mutating func child(of directory: TreePath, _ name: [UInt8]) -> TreePath? {
    let path = directory.appending(name)
    if path.bytes.count <= RunLimits.changePathBytes { return path }
    if tooDeep.count < RunLimits.tooDeep, !tooDeep.contains(directory) { tooDeep.append(directory) }
    return nil
  }

  /// What an agent closed to us, we who own it open: it would be lost otherwise.
  private mutating func readable(_ path: TreePath) -> FileStatus? {
    guard let status = upper.status(path) else { return nil }
    let wanted: UInt32 = status.kind == .directory ? 0o500 : status.kind == .file ? 0o400 : 0
    if status.permissions & wanted == wanted || upper.canRead(path) { return status }
    guard hasEnded else {
      isIncomplete = true
      return status
    }
    upper.makeReadable(path)
    return upper.status(path)
  }

  private mutating func takeDirectory(_ path: TreePath, _ status: FileStatus, _ below: FileStatus?) {
    if let below, below.kind == .directory {
      if below.permissions & 0o777 != status.permissions & 0o777 { note(path, .mode, .directory, below, status) }
      if isOpaque(path) { removeHidden(path) }
    } else {
      note(path, below == nil ? .added : .changed, .directory, below, status)
    }
    waiting.append(path)
  }

  private func isOpaque(_ path: TreePath) -> Bool {
    let directory = upper.openDirectory(path)
    guard directory >= 0 else { return false }
    defer { close(directory) }
    return OverlayMark.opaque.isOn(directory)
  }

  /// What is below an opaque directory and not in it.
  private mutating func removeHidden(_ directory: TreePath) {
    for (name, _) in lower.names(in: directory) ?? [] {
      guard let path = child(of: directory, name) else { continue }
      if upper.status(path) == nil { remove(path, lower.status(path)) }
    }
  }

  private mutating func takeFile(_ path: TreePath, _ status: FileStatus, _ below: FileStatus?) {
    let entry: WorkspaceChange.Entry = status.kind == .link ? .link : .file
    guard let below else { return note(path, .added, entry, nil, status) }
    if below.kind == .directory { removeContents(of: path) }
    guard below.kind == status.kind else { return note(path, .changed, entry, below, status) }
    if status.kind == .link {
      if upper.linkText(path) != lower.linkText(path) { note(path, .changed, .link, below, status) }
      return
    }
    let isSame = below.bytes == status.bytes && hasSameContent(path) || saysTheSame(path)
    if !isSame {
      note(path, .changed, .file, below, status)
    } else if below.permissions & 0o777 != status.permissions & 0o777 {
      note(path, .mode, .file, below, status)
    }
  }

  /// Of git's index, which git writes anew where it only looks.
  private func saysTheSame(_ path: TreePath) -> Bool {
    guard let mine = upper.indexFingerprint(path) else { return false }
    return mine == lower.indexFingerprint(path)
  }

  /// Of files of the same length.
  private func hasSameContent(_ path: TreePath) -> Bool {
    let (left, right) = (upper.openFile(path), lower.openFile(path))
    defer { for file in [left, right] where file >= 0 { close(file) } }
    guard left >= 0, right >= 0 else { return false }
    var (one, other) = (FileBlocks(left), FileBlocks(right))
    while true {
      let (mine, theirs) = (one.next(), other.next())
      guard mine?.offset == theirs?.offset, mine?.bytes == theirs?.bytes else { return false }
      if mine == nil { return one.failure == 0 && other.failure == 0 }
    }
  }

  private mutating func remove(_ path: TreePath, _ below: FileStatus?) {
    guard let below else { return }
    if below.kind == .directory { removeContents(of: path) }
    noteRemoved(path, below)
  }

  private mutating func noteRemoved(_ path: TreePath, _ below: FileStatus) {
    note(path, .removed, below.kind == .directory ? .directory : below.kind == .link ? .link : .file, below, nil)
  }

  private mutating func removeContents(of directory: TreePath) {
    var hidden = [directory]
    while let directory = hidden.popLast() {
      for (name, _) in lower.names(in: directory) ?? [] {
        guard let path = child(of: directory, name), let status = lower.status(path) else { continue }
        if status.kind == .directory { hidden.append(path) }
        noteRemoved(path, status)
      }
    }
  }

  private mutating func note(
    _ path: TreePath, _ kind: WorkspaceChange.Kind, _ entry: WorkspaceChange.Entry, _ below: FileStatus?,
    _ status: FileStatus?
  ) {
    guard changes.count < RunLimits.workspaceChanges else {
      isIncomplete = true
      return
    }
    let target = entry == .link && kind != .removed ? upper.linkText(path).map { TreePath(bytes: $0) } : nil
    // From one kind to another, permissions mean another thing.
    let isKept = status == nil || below?.kind == status?.kind
    let modes = WorkspaceChange.Modes(old: isKept ? Self.mode(below) : nil, new: Self.mode(status))
    let isFile = status?.kind == .file && kind != .mode
    changes.append(
      WorkspaceChange(
        path: path, kind: kind, entry: entry, protection: protected(path, kind, entry), target: target, modes: modes,
        bytes: isFile ? status?.bytes : nil))
  }

  private static func mode(_ status: FileStatus?) -> UInt32? {
    guard let status, status.kind == .file || status.kind == .directory else { return nil }
    return status.permissions & 0o777
  }

  // MARK: Protected places

  private func protected(
    _ path: TreePath, _ kind: WorkspaceChange.Kind, _ entry: WorkspaceChange.Entry
  ) -> WorkspaceChange.Protection? {
    // A directory does nothing by itself; what is in it is marked.
    if entry == .directory { return nil }
    let then = ruling(of: protection, path, kind, entry)
    guard let present, let now = ruling(of: present.protection, path, kind, entry),
      now.action > then?.action ?? .allow
    else { return then.map { .init(group: $0.group, isDenied: $0.action == .deny) } }
    return .init(
      group: now.group, isDenied: now.action == .deny,
      laterRule: present.text(path, now.group, now.action, isLink: entry == .link))
  }

  /// `nil` for what is not protected.
  private func ruling(
    of protection: Protection, _ path: TreePath, _ kind: WorkspaceChange.Kind, _ entry: WorkspaceChange.Entry
  ) -> (group: String, action: ProtectionAction)? {
    if let rule = protection.rule(for: path.text, isLink: entry == .link) { return rule }
    let action = protection.action(for: .git)
    guard action != .allow, isGits(path, entry) else { return nil }
    if kind == .added, startsNothing(path) { return nil }
    // With its repository gone, nothing acts any more.
    if kind == .removed, upper.status(path)?.kind != .whiteout { return nil }
    return (ProtectedGroup.git.rawValue, action)
  }

  private func isGits(_ path: TreePath, _ entry: WorkspaceChange.Entry) -> Bool {
    let name = String(decoding: path.name, as: UTF8.self)
    if name == ".git" { return true }
    var directory = path
    while directory != .top {
      let owner = directory.parent
      // Git makes no links in a repository: whoever does has it read something else.
      if entry == .link || directory.name.elementsEqual("hooks".utf8), isRepository(owner) { return true }
      directory = owner
    }
    switch name {
    case "config", "config.worktree", "commondir": return isRepository(path.parent) || isWorktree(path.parent)
    case "attributes": return path.parent.name.elementsEqual("info".utf8) && isRepository(path.parent.parent)
    default: return false
    }
  }

  private func isWorktree(_ path: TreePath) -> Bool {
    path.parent.name.elementsEqual("worktrees".utf8) && isRepository(path.parent.parent)
  }

  private func isRepository(_ path: TreePath) -> Bool {
    if path.name.elementsEqual(".git".utf8) { return true }
    return GitPlaces.isRepository {
      let part = path.appending($0)
      return upper.status(part) != nil || lower.status(part) != nil
    }
  }

  /// What git itself writes into a repository that was not there before.
  private func startsNothing(_ path: TreePath) -> Bool {
    let name = String(decoding: path.name, as: UTF8.self)
    if name.hasSuffix(".sample") { return true }
    guard let bytes = upper.bytes(path, limit: RunLimits.placeBytes) else { return false }
    let text = String(decoding: bytes, as: UTF8.self)
    switch name {
    case ".git": return GitPlaces.leadsToKnown(text, from: path.parent, workspace: workspace) { isRepository($0) }
    case "config": return lower.status(path.parent) == nil && GitConfiguration(text).isInert
    case "commondir": return isWorktree(path.parent) && text.split(whereSeparator: \.isWhitespace) == ["../.."]
    case "attributes": return GitPlaces.hasNoAttributes(text)
    default: return false
    }
  }
}
