internal import Glibc

/// What earlier verifications left that were killed before they could remove it.
///
/// Who uses such a place holds a lock on it, which ends with the process however that ends.
enum Leftovers {
  static let parent = "/var/tmp"
  static let prefix = "sallyport-verify-"
  /// Places that one verification removes.
  private static let most = 64

  /// Locks a directory for as long as the descriptor is open.
  ///
  /// - Returns: a descriptor, the caller's to close; `nil` where it is no directory of ours alone, another uses it, or it
  ///   is gone.
  static func claim(_ path: String) -> CInt? {
    let directory = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard directory >= 0 else { return nil }
    var status = stat()
    guard fstat(directory, &status) == 0, status.st_uid == geteuid(), status.st_mode & 0o777 == 0o700,
      flock(directory, LOCK_EX | LOCK_NB) == 0, fstat(directory, &status) == 0, status.st_nlink > 0
    else {
      close(directory)
      return nil
    }
    return directory
  }

  /// Removes the places of this user that nobody uses any more. No link is followed, and nobody else can put one in a
  /// directory that is this user's alone.
  static func remove() {
    for name in names() {
      guard let directory = claim("\(parent)/\(name)") else { continue }
      FileTree.remove("\(parent)/\(name)")
      close(directory)
    }
  }

  private static func names() -> [String] {
    guard let stream = opendir(parent) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while names.count < most, let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasPrefix(prefix), name.utf8.count == prefix.utf8.count + 6 { names.append(name) }
    }
    return names
  }
}
