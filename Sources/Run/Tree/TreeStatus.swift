internal import Glibc

/// What a name stands for, without following it.
struct TreeStatus: Hashable, Sendable {
  let kind: Kind
  /// Permissions and the three bits above them.
  let permissions: UInt32
  let bytes: Int64
  /// Changes with everything that is done to it, and cannot be set back.
  let identity: Identity
  let links: UInt64

  enum Kind: UInt8, Hashable, Sendable {
    case file
    case directory
    case link
    /// What overlayfs writes for a name that was removed: a device that does not exist.
    case whiteout
    /// A pipe, a socket or a device.
    case other
  }

  struct Identity: Hashable, Sendable {
    let file: UInt64
    let device: UInt64
    let bytes: Int64
    let changed: Int64
    let modified: Int64
    let mode: UInt32
  }

  init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .directory
    case S_IFLNK: kind = .link
    case S_IFCHR where status.st_rdev == 0: kind = .whiteout
    default: kind = .other
    }
    permissions = UInt32(status.st_mode) & 0o7777
    bytes = Int64(status.st_size)
    links = UInt64(status.st_nlink)
    identity = Identity(
      file: UInt64(status.st_ino), device: UInt64(status.st_dev), bytes: Int64(status.st_size),
      changed: Self.nanoseconds(status.st_ctim), modified: Self.nanoseconds(status.st_mtim),
      mode: UInt32(status.st_mode))
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
