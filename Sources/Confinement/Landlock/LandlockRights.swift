/// What may be done to files beneath a path (`LANDLOCK_ACCESS_FS_…` of linux/landlock.h).
package struct LandlockRights: OptionSet, Sendable, Hashable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  package static let execute = Self(rawValue: 1 << 0)
  package static let writeFile = Self(rawValue: 1 << 1)
  package static let readFile = Self(rawValue: 1 << 2)
  package static let readDirectory = Self(rawValue: 1 << 3)
  /// Removing and making entries of every kind: bits 4 to 12.
  package static let changeDirectory = Self(rawValue: 0x1ff0)
  /// Linking and renaming across directories; ABI 2.
  package static let refer = Self(rawValue: 1 << 13)
  /// ABI 3.
  package static let truncate = Self(rawValue: 1 << 14)
  /// ioctl(2) on devices; ABI 5.
  package static let controlDevice = Self(rawValue: 1 << 15)

  package static let read: Self = [.execute, .readFile, .readDirectory]
  package static let write: Self = [.read, .writeFile, .changeDirectory, .refer, .truncate]
  package static let device: Self = [.readFile, .readDirectory, .writeFile, .truncate, .controlDevice]
  package static let everything: Self = [.write, .controlDevice]

  /// The rights that are about a file itself; the kernel refuses the others on anything but a directory.
  package static let onFiles: Self = [.execute, .readFile, .writeFile, .truncate, .controlDevice]

  /// The rights that a kernel of this ABI knows.
  package static func known(toABI abi: Int32) -> Self {
    var known: Self = [.read, .writeFile, .changeDirectory]
    if abi >= 2 { known.insert(.refer) }
    if abi >= 3 { known.insert(.truncate) }
    if abi >= 5 { known.insert(.controlDevice) }
    return known
  }
}

/// Rights beneath one path.
package struct LandlockGrant: Sendable, Hashable {
  package let path: String
  package let rights: LandlockRights

  package init(path: String, rights: LandlockRights) {
    self.path = path
    self.rights = rights
  }
}
