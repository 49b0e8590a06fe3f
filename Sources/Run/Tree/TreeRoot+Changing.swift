internal import Confinement
internal import Glibc

/// Each change is whole or not done, and none follows a link. They give the errno of what failed, 0 where all went well.
extension TreeRoot {
  /// Puts a file in place of whatever file or link is there.
  ///
  /// - Parameter source: open for reading; read from its beginning.
  func put(_ source: CInt, permissions: UInt32, at path: TreePath) -> CInt {
    // What is lost of a new one when the power fails, nobody had.
    let isNew = status(path) == nil
    return replacing(path) { directory, draft in
      let file = openat(directory, draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      guard file >= 0 else { return errno }
      defer { close(file) }
      lseek(source, 0, SEEK_SET)
      var chunk = [UInt8](repeating: 0, count: 1 << 18)
      while true {
        let count = read(source, &chunk, chunk.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { return errno }
        if count == 0 { break }
        guard Descriptors.write(Array(chunk.prefix(count)), to: file) else { return errno }
      }
      return fchmod(file, mode_t(permissions)) == 0 && (isNew || fsync(file) == 0) ? 0 : errno
    }
  }

  func put(_ bytes: [UInt8], permissions: UInt32, at path: TreePath) -> CInt {
    replacing(path) { directory, draft in
      let file = openat(directory, draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      guard file >= 0 else { return errno }
      defer { close(file) }
      guard Descriptors.write(bytes, to: file) else { return errno }
      return fchmod(file, mode_t(permissions)) == 0 && fsync(file) == 0 ? 0 : errno
    }
  }

  func putLink(_ text: [UInt8], at path: TreePath) -> CInt {
    replacing(path) { directory, draft in
      let target = text.map { CChar(bitPattern: $0) } + [0]
      return symlinkat(target, directory, draft) == 0 ? 0 : errno
    }
  }

  /// Makes a directory, or gives the one that is there these permissions.
  func putDirectory(permissions: UInt32, at path: TreePath) -> CInt {
    let directory = openDirectory(path, makingThem: true)
    guard directory >= 0 else { return errno }
    defer { close(directory) }
    return fchmod(directory, mode_t(permissions)) == 0 ? 0 : errno
  }

  /// Removes a file, a link, or an empty directory. Nothing there is as good.
  func remove(_ path: TreePath) -> CInt {
    let result = inParent(of: path) { directory, name in
      Self.writing(in: directory) {
        if unlinkat(directory, name, 0) == 0 || errno == ENOENT { return 0 }
        guard errno == EISDIR || errno == EPERM else { return errno }
        return unlinkat(directory, name, AT_REMOVEDIR) == 0 ? 0 : errno
      }
    }
    if let result { return result }
    return errno == ENOENT ? 0 : errno
  }

  /// Lets us, its owner, read a file or directory.
  func makeReadable(_ path: TreePath) {
    guard let status = status(path), status.kind == .file || status.kind == .directory else { return }
    let wanted: UInt32 = status.kind == .directory ? 0o500 : 0o400
    _ = inParent(of: path) { fchmodat($0, $1, mode_t(status.permissions | wanted), 0) }
  }

  /// Removes what a kill left of a file that was being written there.
  func removeDraft(in directory: TreePath) { _ = remove(directory.appending(draftName)) }

  /// Waits until all that was done is on the disk.
  func flush() -> CInt {
    let directory = openDirectory(.top)
    guard directory >= 0 else { return errno }
    defer { close(directory) }
    return FileSystem.flush(directory)
  }

  /// Moves a name with all that is beneath it, to the same place below another directory of the same file system.
  func move(_ path: TreePath, to other: borrowing TreeRoot) -> CInt {
    // To move a directory is to change the way up in it.
    if let status = status(path), status.kind == .directory, status.permissions & 0o300 != 0o300 {
      _ = inParent(of: path) { fchmodat($0, $1, 0o700, 0) }
    }
    let target = other.openDirectory(path.parent, makingThem: true)
    guard target >= 0 else { return errno }
    defer { close(target) }
    let result = inParent(of: path) { directory, name in
      Self.writing(in: directory) { renameat(directory, name, target, name) == 0 ? 0 : errno }
    }
    return result ?? errno
  }

  /// Removes a name with all that is beneath it.
  ///
  /// - Parameter deepest: how many directories one within the other; of more, nothing below is removed.
  func removeTree(_ path: TreePath, deepest: Int = .max) -> CInt {
    guard path.depth < deepest else { return ELOOP }
    if path == .top || status(path)?.kind == .directory {
      // What an overlay leaves has directories without permissions.
      if path != .top { _ = inParent(of: path) { fchmodat($0, $1, 0o700, 0) } }
      for (name, _) in names(in: path) ?? [] {
        let cause = removeTree(path.appending(name), deepest: deepest)
        if cause != 0 { return cause }
      }
      if path == .top { return 0 }
    }
    return remove(path)
  }

  private func replacing(_ path: TreePath, _ make: (CInt, UnsafePointer<CChar>) -> CInt) -> CInt {
    let draft = Array(draftName.utf8).map { CChar(bitPattern: $0) } + [0]
    let result = inParent(of: path, makingThem: true) { directory, name in
      Self.writing(in: directory) {
        var cause = make(directory, draft)
        if cause == 0, renameat(directory, draft, directory, name) != 0 {
          cause = errno
          // An empty directory gives way; one with something in it stays.
          if cause == EISDIR || cause == EEXIST {
            let isGone = unlinkat(directory, name, AT_REMOVEDIR) == 0
            cause = isGone && renameat(directory, draft, directory, name) == 0 ? 0 : errno
          }
        }
        if cause != 0 { unlinkat(directory, draft, 0) }
        return cause
      }
    }
    return result ?? errno
  }

  /// Does it again in a directory that its owner has closed to writing, and closes that afterwards.
  private static func writing(in directory: CInt, _ change: () -> CInt) -> CInt {
    let cause = change()
    guard cause == EACCES, let status = FileStatus(descriptor: directory), status.permissions & 0o300 != 0o300,
      fchmod(directory, mode_t(status.permissions | 0o300)) == 0
    else { return cause }
    defer { fchmod(directory, mode_t(status.permissions)) }
    return change()
  }
}
