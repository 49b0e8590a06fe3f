internal import Confinement
internal import Glibc
internal import Policy

/// Undoes what a run did to protected places, and keeps aside what it undoes.
struct PutBack: ~Copyable {
  private let workspace: TreeRoot
  /// What was undone, under its own names.
  private let aside: TreeRoot
  private let before: ProtectedFiles
  /// What was there, with all directories on the way to it.
  private let known: Set<TreePath>

  /// - Parameter aside: a directory that no agent can reach; made where it is not there.
  init?(workspace: String, aside: String, before: ProtectedFiles) {
    mkdir(aside, 0o700)
    guard let root = TreeRoot(workspace), let kept = TreeRoot(aside) else { return nil }
    self.workspace = root
    self.aside = kept
    self.before = before
    var known: Set<TreePath> = before.directories.union(before.repositories)
    for path in Set(before.states.keys).union(known).union(before.excluded) {
      known.insert(path)
      var directory = path.parent
      while directory != .top, known.insert(directory).inserted { directory = directory.parent }
    }
    self.known = known
  }

  /// New things first, so that a link in a directory's place is gone before the directory's files come back.
  static func order(_ changes: [ProtectedChange]) -> [ProtectedChange] {
    changes.filter { $0.kind == .new }.sorted { ($1.path.depth, $1.path) < ($0.path.depth, $0.path) }
      + changes.filter { $0.kind != .new }.sorted { $0.path < $1.path }
  }

  func undo(_ change: ProtectedChange) -> ProtectedChange.Outcome {
    if case .crowd = change.after?.content {
      guard clear(change.path) else { return .failed }
      removeEmptied(change.path.parent)
      return .putBack
    }
    guard keepAside(change.path) || change.action == .deny else { return .failed }
    guard let old = change.before else {
      guard workspace.remove(change.path) == 0 else { return .failed }
      removeEmptied(change.path.parent)
      return .putBack
    }
    let cause: CInt =
      switch old.content {
      case .file(let bytes): putBack(bytes, old.permissions, at: change.path)
      case .link(let text): workspace.putLink(text, at: change.path)
      // Not kept: nobody can say what was in it.
      case .long, .other, .crowd: EFBIG
      }
    return cause == 0 ? .putBack : .failed
  }

  /// On a disk that is full, or that the run has filled, what it wrote makes room for what was there.
  private func putBack(_ bytes: [UInt8], _ permissions: UInt32, at path: TreePath) -> CInt {
    let cause = workspace.put(bytes, permissions: permissions, at: path)
    guard cause == ENOSPC || cause == EDQUOT else { return cause }
    // Whatever becomes of that, nothing is lost.
    guard aside.put(bytes, permissions: 0o600, at: TreePath(bytes: Self.originals + path.bytes)) == 0,
      workspace.status(path)?.kind == .file, workspace.remove(path) == 0
    else { return cause }
    return workspace.put(bytes, permissions: permissions, at: path)
  }

  /// Where among what is kept aside the files are as they were.
  private static let originals = Array("originals/".utf8)

  /// Takes away, without looking at it, all that was not there before.
  private func clear(_ path: TreePath) -> Bool {
    guard known.contains(path) else { return takeAway(path) }
    if before.excluded.contains(path) { return true }
    // What it was like is undone singly.
    guard workspace.status(path)?.kind == .directory, before.states[path] == nil else { return true }
    guard let names = workspace.names(in: path) else { return false }
    return names.reduce(true) { clear(path.appending($1.name)) && $0 }
  }

  private func takeAway(_ path: TreePath) -> Bool {
    if workspace.move(path, to: aside) == 0 { return true }
    return workspace.removeTree(path) == 0
  }

  private func keepAside(_ path: TreePath) -> Bool {
    let file = workspace.openFile(path)
    // Of a link, the patch says where it led; of nothing, nothing is lost.
    guard file >= 0 else { return true }
    defer { close(file) }
    return aside.put(file, permissions: 0o600, at: path) == 0
  }

  /// Directories that came with what was removed.
  private func removeEmptied(_ directory: TreePath) {
    var directory = directory
    while directory != .top, !before.directories.contains(directory), !before.repositories.contains(directory) {
      let isRemoved = workspace.inParent(of: directory) { unlinkat($0, $1, AT_REMOVEDIR) == 0 } ?? false
      guard isRemoved else { return }
      directory = directory.parent
    }
  }
}

extension ProtectedChange {
  var patch: String { FilePatch(path, from: before?.side, to: after?.side).text }
}

extension ProtectedState {
  /// `nil` for what has no content, such as a pipe.
  fileprivate var side: FilePatch.Side? {
    let isExecutable = permissions & 0o100 != 0
    return switch content {
    case .file(let bytes): .init(isLink: false, isExecutable: isExecutable, content: .bytes(bytes))
    case .link(let bytes): .init(isLink: true, isExecutable: false, content: .bytes(bytes))
    case .long: .init(isLink: false, isExecutable: isExecutable, content: .long)
    case .other, .crowd: nil
    }
  }
}
