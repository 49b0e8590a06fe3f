internal import Glibc

/// A directory that is written into after the agent has ended, which may have changed it meanwhile.
///
/// What counts is where the directory was before the agent began: its path without any link. At the end that path is
/// walked again, a name at a time; a link on it is the agent's doing and ends the walk. So nothing is written anywhere
/// but where the user meant, and an agent that merely tidied the directory away costs nothing.
struct OutputDirectory: Sendable {
  /// Canonical.
  let path: String
  /// That named it; `nil` for one of our own state.
  private let option: String?

  /// Makes the directory, and says so before a run where nothing can be written into it.
  ///
  /// - Parameters:
  ///   - named: as the user wrote it.
  ///   - option: for errors.
  ///   - changeable: canonical directories that an agent can write to, and could in earlier runs. A name in one of them
  ///     that leads out of it is refused.
  /// - Throws: ``RunError`` with `.usage` or `.state`.
  init(_ named: String, option: String, changeable: [String]) throws(RunError) {
    guard !named.isEmpty else {
      throw RunError(.usage, at: option, "the name of the directory is empty.", remedy: "Name one.")
    }
    let wanted = FilePaths.normalized(FilePaths.absolute(named))
    let real = FilePaths.resolved(wanted)
    for root in changeable where FilePaths.isWithin(wanted, root) && !FilePaths.isWithin(real, root) {
      throw RunError(
        .state, at: named, "leads to \(real) by a link in \(root), where an agent can make links.",
        remedy: "Name that directory itself with \(option), if it is meant.")
    }
    var partial = ""
    for component in real.split(separator: "/") {
      partial += "/\(component)"
      guard mkdir(partial, 0o755) != 0 else { continue }
      let cause = errno
      guard !FilePaths.exists(partial) || FilePaths.isDirectory(partial) else {
        throw RunError(
          .state, at: named, "\(partial) is a file, not a directory.",
          remedy: "Name a directory that you can write with \(option).")
      }
      guard FilePaths.isDirectory(partial) else { throw Self.unwritable(named, option, "cannot be made", cause) }
    }
    guard let path = FilePaths.canonical(real), access(path, W_OK | X_OK) == 0 else {
      throw Self.unwritable(named, option, "cannot be written", errno)
    }
    self.path = path
    self.option = option
  }

  /// A directory of ours, where no agent comes.
  init(own path: String) {
    // A user may keep the state behind a link.
    self.path = FilePaths.canonical(path) ?? path
    option = nil
  }

  /// Writes a file of this directory, whole or not at all; what has its name already, it replaces.
  ///
  /// - Returns: the file's path.
  /// - Throws: ``RunError`` with `.state`.
  func write(_ bytes: [UInt8], as name: String) throws(RunError) -> String {
    let file = path == "/" ? "/\(name)" : "\(path)/\(name)"
    let directory = try openAgain()
    defer { close(directory) }
    let draft = ".\(name).\(UInt64.random(in: .min ... .max))"
    let descriptor = openat(directory, draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unwritable(file, errno) }
    let isWritten = Descriptors.write(bytes, to: descriptor)
    let cause = errno
    close(descriptor)
    guard isWritten, renameat(directory, draft, directory, name) == 0 else {
      let cause = isWritten ? errno : cause
      unlinkat(directory, draft, 0)
      throw unwritable(file, cause)
    }
    return file
  }

  /// Writes a file over the room that another one has taken, and puts it in the place of a third: needs no room of its
  /// own on a disk that writes in place. Where the other is not there, it is ``write(_:as:)``.
  ///
  /// - Returns: the file's path.
  /// - Throws: ``RunError`` with `.state`.
  func replace(_ name: String, by reserved: String, with bytes: [UInt8]) throws(RunError) -> String {
    let directory = try openAgain()
    defer { close(directory) }
    let descriptor = openat(directory, reserved, O_WRONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return try write(bytes, as: name) }
    let isWritten = Descriptors.write(bytes, to: descriptor) && ftruncate(descriptor, bytes.count) == 0
    let cause = errno
    close(descriptor)
    let file = path == "/" ? "/\(name)" : "\(path)/\(name)"
    guard isWritten, renameat(directory, reserved, directory, name) == 0 else {
      throw unwritable(file, isWritten ? errno : cause)
    }
    return file
  }

  /// `O_PATH` of open(2), which glibc shows only to programs that ask for GNU's extensions.
  private static let pathOnly: CInt = 0o10000000

  private func openAgain() throws(RunError) -> CInt {
    let flags = Self.pathOnly | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    var directory = open("/", flags)
    for component in path.split(separator: "/").map(String.init) {
      var next = openat(directory, component, flags)
      if next < 0, errno == ENOENT, mkdirat(directory, component, 0o755) == 0 || errno == EEXIST {
        next = openat(directory, component, flags)
      }
      let cause = errno
      close(directory)
      guard next >= 0 else {
        throw RunError(
          .state, at: path,
          "cannot be written any more, since '\(component)' is no longer the directory that it was"
            + ": \(String(cString: strerror(cause))).",
          remedy: option.map { "Name a directory with \($0) that no agent changes." } ?? "")
      }
      directory = next
    }
    return directory
  }

  private func unwritable(_ file: String, _ cause: CInt) -> RunError {
    option.map { Self.unwritable(file, $0, "cannot be written", cause) } ?? .state(file, "cannot be written", cause)
  }

  private static func unwritable(_ path: String, _ option: String, _ sentence: String, _ cause: CInt) -> RunError {
    RunError(
      .state, at: path, "\(sentence): \(String(cString: strerror(cause))).",
      remedy: "Name a directory that you can write with \(option).")
  }
}
