internal import Glibc

/// Which file a standard stream is, so that who receives it can tell that it is the one that was meant.
package struct StreamIdentity: Sendable, Hashable {
  package let device: UInt64
  package let file: UInt64
  package let kind: UInt32

  package init(device: UInt64, file: UInt64, kind: UInt32) {
    self.device = device
    self.file = file
    self.kind = kind
  }

  /// - Returns: `nil` for a descriptor that is closed, and for one that an agent must not have: a directory leads around
  ///   the sandbox's mounts, and what is no file at all (an epoll set, a signal queue, a listener of notifications) is
  ///   somebody's inner works.
  package init?(of descriptor: CInt) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    let kind = status.st_mode & S_IFMT
    guard [S_IFREG, S_IFIFO, S_IFCHR, S_IFSOCK].contains(kind) else { return nil }
    self.init(device: UInt64(status.st_dev), file: UInt64(status.st_ino), kind: kind)
  }
}
