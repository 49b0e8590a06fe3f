internal import Glibc

/// The files of a layer above a workspace, in which an overlay keeps what was changed: they are the workspace's under
/// the names that they have in it.
///
/// What was removed stays in the index: it was in the workspace, and messages may still hold it. What is written through an overlay raises no event in its layer, so that it is looked at again and again; it holds
/// only what was changed. For one thread at a time.
struct WorkspaceLayer: ~Copyable {
  private let path: String
  private var reading = FileReading()
  private var seen: [String: Identity] = [:]

  private struct Identity: Equatable {
    let file: UInt64
    let bytes: Int64
    let seconds: Int
    let nanoseconds: Int
  }

  init(_ path: String) {
    self.path = path
  }

  /// Whether the layer says what is at this name.
  func covers(_ name: String) -> Bool {
    var status = stat()
    return lstat("\(path)/\(name)", &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  /// Nothing is left to read for now.
  mutating func rest() { reading.rest() }

  /// Takes in what is not as it was.
  ///
  /// - Returns: whether everything was looked at.
  mutating func refresh(into index: SourceIndex, until deadline: ContinuousClock.Instant) -> Bool {
    var walk = WorkspaceWalk()
    let root = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard root >= 0 else { return true }
    defer { close(root) }
    _ = walk.add("")
    var isComplete = true
    while let folder = walk.next() {
      guard ContinuousClock.now < deadline else { return false }
      let directory = FileReading.openDirectory(folder, below: root)
      guard directory >= 0 else { continue }
      defer { close(directory) }
      guard let entries = WorkspaceWalk.entries(of: directory) else { continue }
      let prefix = folder.isEmpty ? "" : folder + "/"
      for name in entries.folders where !walk.add(prefix + name) { isComplete = false }
      for name in entries.files { take(name, in: directory, as: prefix + name, index) }
    }
    return isComplete
  }

  private mutating func take(_ name: String, in directory: Int32, as path: String, _ index: SourceIndex) {
    var status = stat()
    guard fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return }
    let identity = Identity(
      file: UInt64(status.st_ino), bytes: Int64(status.st_size), seconds: status.st_mtim.tv_sec,
      nanoseconds: status.st_mtim.tv_nsec)
    guard seen[path] != identity else { return }
    guard seen.count < AttributionLimits.files || seen[path] != nil else { return index.leaveOut(path, .tooMany) }
    seen[path] = identity
    switch reading.read(name, in: directory) {
    case .text(let text, _): index.take(path, text: text)
    case .refused(let reason?): index.leaveOut(path, reason)
    case .refused(nil), .gone: index.remove(path)
    }
  }
}
