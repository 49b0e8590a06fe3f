internal import Glibc

/// Writes a file that the user named, whole or not at all.
package enum NewText {
  /// - Parameter replaces: whether a file of that name gives way. It is replaced, not written into, so that a link in
  ///   its place leads nowhere else; what is no file, as /dev/null, never gives way.
  /// - Throws: ``RunError`` with `.state`.
  package static func write(_ text: String, to path: String, replaces: Bool) throws(RunError) {
    guard !replaces || !FilePaths.exists(path) || FilePaths.isRegularFile(path) || FilePaths.isDirectory(path) else {
      throw RunError(
        .state, at: path, "is no regular file.", remedy: "Name a file; - is standard output.")
    }
    let draft = replaces ? "\(path).\(UInt64.random(in: .min ... .max))" : path
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure(path, errno) }
    let isWritten = Descriptors.write(Array(text.utf8), to: file)
    let cause = errno
    close(file)
    guard isWritten, !replaces || rename(draft, path) == 0 else {
      let cause = isWritten ? errno : cause
      unlink(draft)
      throw failure(path, cause)
    }
  }

  private static func failure(_ path: String, _ cause: CInt) -> RunError {
    if FilePaths.isDirectory(path) {
      return RunError(.state, at: path, "is a directory, not a file.", remedy: "Name a file in it.")
    }
    switch cause {
    case EEXIST: return RunError(.state, at: path, "is there already.", remedy: "Use --force to write over it.")
    case ENOENT, ENOTDIR:
      return RunError(.state, at: path, "its directory is not there.", remedy: "Make it, or name another file.")
    default:
      return RunError(
        .state, at: path, "cannot be written: \(String(cString: strerror(cause))).",
        remedy: "Name a file that you can write.")
    }
  }
}
