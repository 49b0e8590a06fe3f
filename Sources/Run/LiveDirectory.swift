internal import Confinement
internal import Glibc
internal import Synchronization

/// What a run needs on disk only while it lives, such as the certificates that its sandbox trusts.
///
/// The directory is locked for as long as its run lives, however that ends; so a later run can tell what a killed one
/// left behind, and removes it.
final class LiveDirectory: Sendable {
  let path: String
  private let lock: Mutex<CInt>

  /// Directories of earlier runs that one run removes: a start stays quick after a thousand kills.
  private static let sweptDirectories = 64
  /// Runs that begin at the same moment, each of which may sweep once.
  private static let attempts = 16
  /// Files that one of them may hold; ours has two.
  private static let sweptFiles = 64

  /// Makes it, after removing what earlier runs left.
  ///
  /// - Throws: ``RunError`` with `.state`.
  init(in parent: String, run: String, _ beginning: RunBeginning? = nil) throws(RunError) {
    try StateDirectory.make(parent)
    Self.sweep(parent)
    let path = "\(parent)/\(run)"
    self.path = path
    var descriptor: CInt = -1
    // A run that sweeps between the two may take ours for one that is left: then it is made again.
    for _ in 0..<Self.attempts where descriptor < 0 {
      if let beginning {
        try beginning.make(path) { () throws(RunError) in try Self.make(path) }
      } else {
        try Self.make(path)
      }
      descriptor = Self.locked(path, flags: LOCK_EX)
    }
    guard descriptor >= 0 else { throw .state(path, "cannot be locked", errno) }
    lock = Mutex(descriptor)
  }

  private static func make(_ path: String) throws(RunError) {
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .state(path, "cannot be made", errno) }
  }

  deinit { remove() }

  /// Ends it; again does nothing.
  func remove() {
    lock.withLock { descriptor in
      guard descriptor >= 0 else { return }
      Self.empty(path, descriptor)
      close(descriptor)
      descriptor = -1
    }
  }

  /// Whether the run that this directory is of lives.
  static func isLocked(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  /// Whether the run that this directory is of lives no more, as far as that can be seen: where the directory above it
  /// cannot be seen either, nobody knows.
  static func hasEnded(_ path: String, in parent: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return errno == ENOENT && FilePaths.isDirectory(parent) }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) == 0
  }

  /// - Returns: -1 where it is not there, or another has it.
  private static func locked(_ path: String, flags: CInt) -> CInt {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return -1 }
    guard flock(descriptor, flags) == 0, (FileStatus(descriptor: descriptor)?.links ?? 0) > 0 else {
      close(descriptor)
      return -1
    }
    return descriptor
  }

  private static func sweep(_ parent: String) {
    for name in FilePaths.names(in: parent, limit: sweptDirectories) {
      let path = "\(parent)/\(name)"
      let descriptor = locked(path, flags: LOCK_EX | LOCK_NB)
      guard descriptor >= 0 else { continue }
      empty(path, descriptor)
      close(descriptor)
    }
  }

  private static func empty(_ path: String, _ descriptor: CInt) {
    for name in FilePaths.names(in: path, limit: sweptFiles) { unlinkat(descriptor, name, 0) }
    rmdir(path)
  }
}
