internal import Confinement
internal import Glibc

/// Writes the files of canaries: the one that keeps them, and those that they are planted in.
enum CanaryFile {
  /// - Throws: ``RunError`` with `.state`; then nothing of it is there.
  static func write(_ text: String, to path: String, appends: Bool) throws(RunError) {
    let flags = appends ? O_RDWR | O_APPEND | O_NONBLOCK : O_WRONLY | O_CREAT | O_EXCL
    let file = Descriptor(owning: open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0o644))
    guard file.number >= 0, let status = FileStatus(descriptor: file.number) else {
      throw .place(path, "cannot be \(appends ? "written" : "made")", errno)
    }
    guard status.kind == .file else { throw .place(path, "is no regular file", EINVAL) }
    let needsEnd = appends && !endsWithLine(file.number, Int(status.bytes))
    let bytes = Array(((needsEnd ? "\n" : "") + text).utf8)
    guard Descriptors.write(bytes, to: file.number) else {
      let cause = errno
      // Half a canary would lie about.
      if appends { _ = ftruncate(file.number, off_t(status.bytes)) } else { unlink(path) }
      throw .place(path, "cannot be written", cause)
    }
  }

  /// Puts a new file in the place of the old one.
  ///
  /// - Parameter directory: an open one, in which the file is.
  static func replace(_ path: String, with bytes: [UInt8], in directory: CInt) throws(RunError) {
    let draft = "\(path).new"
    // Whoever has the lock left it, or one that was killed.
    unlink(draft)
    let file = Descriptor(owning: open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600))
    guard file.number >= 0 else { throw .state(path, "cannot be written", errno) }
    guard Descriptors.write(bytes, to: file.number), fsync(file.number) == 0, rename(draft, path) == 0,
      fsync(directory) == 0
    else {
      let cause = errno
      unlink(draft)
      throw .state(path, "cannot be written", cause)
    }
  }

  private static func endsWithLine(_ file: CInt, _ count: Int) -> Bool {
    var last: UInt8 = 0x0a
    return count == 0 || pread(file, &last, 1, off_t(count - 1)) == 1 && last == 0x0a
  }
}

extension RunError {
  fileprivate static func place(_ path: String, _ sentence: String, _ cause: CInt) -> RunError {
    // Of a name that ends with "/" and is not there, open(2) says that it is a directory.
    let isMissing = cause == ENOENT || cause == EISDIR
    return RunError(
      .state, at: path, "\(sentence): \(String(cString: strerror(isMissing ? ENOENT : cause))).",
      remedy: isMissing ? "Make its directory first, or name another place." : "Name a place that is writable.")
  }
}
