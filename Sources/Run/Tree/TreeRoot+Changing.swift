internal import Confinement
internal import Glibc

/// Each change is whole or not done, and none follows a link. They give the errno of what failed, 0 where all went well.
extension TreeRoot {
  /// Puts a file in place of whatever file or link is there, with its holes.
  ///
  /// - Parameter source: open for reading; read from its beginning.
  func put(_ source: CInt, permissions: UInt32, at path: TreePath) -> CInt {
    // What is lost of a new one when the power fails, nobody had.
    let isNew = status(path) == nil
    return replacing(path) { directory, draft in
      let file = openat(directory, draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      guard file >= 0 else { return errno }
      defer { close(file) }
      guard let length = FileStatus(descriptor: source)?.bytes else { return errno }
      var blocks = FileBlocks(source)
      let cause = blocks.copy(to: file, length: Int(length))
      guard cause == 0 else { return cause }
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

  /// Removes a name with all that is beneath it, however deep: what directories have in them is moved up until they are
  /// empty, so that no path gets long.
  func removeTree(_ path: TreePath) -> CInt {
    var number = 0
    while status(path)?.kind == .directory {
      makeWritable(path)
      guard let names = names(in: path) else { return errno }
      if names.isEmpty { break }
      for (name, _) in names {
        let cause = removeLevel(path.appending(name), movingTo: path, &number)
        if cause != 0 { return cause }
      }
    }
    return remove(path)
  }

  private func removeLevel(_ path: TreePath, movingTo top: TreePath, _ number: inout Int) -> CInt {
    let cause = remove(path)
    guard cause != 0, status(path)?.kind == .directory else { return cause }
    makeWritable(path)
    for (name, _) in names(in: path) ?? [] {
      let inner = path.appending(name)
      let cause = remove(inner)
      if cause == 0 { continue }
      guard status(inner)?.kind == .directory else { return cause }
      // Only who may write into a directory moves it.
      makeWritable(inner)
      repeat { number += 1 } while status(top.appending("moved.\(number)")) != nil
      let failure = move(inner, to: top.appending("moved.\(number)"))
      if failure != 0 { return failure }
    }
    return remove(path)
  }

  /// What an overlay leaves has directories without permissions.
  private func makeWritable(_ path: TreePath) { _ = inParent(of: path) { fchmodat($0, $1, 0o700, 0) } }

  private func move(_ path: TreePath, to other: TreePath) -> CInt {
    let cause = inParent(of: path) { from, name in
      inParent(of: other) { to, otherName in renameat(from, name, to, otherName) == 0 ? 0 : errno } ?? errno
    }
    return cause ?? errno
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
