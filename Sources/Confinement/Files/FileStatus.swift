internal import Glibc

/// What a name stands for, without following it.
package struct FileStatus: Hashable, Sendable {
  package let kind: Kind
  /// Permissions and the three bits above them.
  package let permissions: UInt32
  package let bytes: Int64
  /// Changes with everything that is done to it, and cannot be set back.
  package let identity: Identity
  package let links: UInt64
  package let owner: UInt32

  package enum Kind: UInt8, Hashable, Sendable {
    case file
    case directory
    case link
    /// What overlayfs writes for a name that was removed: a device that does not exist.
    case whiteout
    /// A pipe, a socket or a device.
    case other
  }

  package struct Identity: Hashable, Sendable {
    package let file: UInt64
    package let device: UInt64
    package let bytes: Int64
    package let changed: Int64
    package let modified: Int64
    package let mode: UInt32
  }

  /// - Parameter directory: a descriptor. The name is not followed.
  /// - Returns: `nil` where there is nothing.
  package init?(_ name: UnsafePointer<CChar>, in directory: CInt) {
    var status = stat()
    guard fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
    self.init(status)
  }

  /// - Parameter follows: whether of a link what it leads to is meant.
  package init?(path: String, follows: Bool = false) {
    var status = stat()
    guard fstatat(AT_FDCWD, path, &status, follows ? 0 : AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
    self.init(status)
  }

  /// That of an open file.
  package init?(descriptor: CInt) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
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
    owner = status.st_uid
    identity = Identity(
      file: UInt64(status.st_ino), device: UInt64(status.st_dev), bytes: Int64(status.st_size),
      changed: Self.nanoseconds(status.st_ctim), modified: Self.nanoseconds(status.st_mtim),
      mode: UInt32(status.st_mode))
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
