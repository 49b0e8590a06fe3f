internal import Glibc

/// An open directory that belongs to this user and to nobody else; its files are reached through it, never by a path
/// that could change beneath us.
struct PrivateDirectory: ~Copyable {
  private let path: String
  private let descriptor: CInt

  /// Opens the directory, making it (0700) and its missing parents when it is not there.
  /// - Throws: ``WireError`` with `.authorityUnusable`.
  init(path: String) throws(WireError) {
    descriptor = try Self.opened(path)
    self.path = path
  }

  deinit {
    close(descriptor)
  }

  /// Waits for the exclusive lock, which lasts as long as this value.
  func lock() throws(WireError) {
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw Self.failure(path, "cannot be locked") }
    }
  }

  /// The text of a file; `nil` when there is none.
  /// - Parameter isPrivate: refuse a file that others may read or that belongs to someone else.
  func read(_ name: String, isPrivate: Bool) throws(WireError) -> String? {
    let place = "\(path)/\(name)"
    let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw Self.failure(place, "cannot be opened")
    }
    defer { close(file) }
    if isPrivate { try Self.requirePrivate(file, place, mode: 0o600) }
    guard let bytes = FileContent.bytes(of: file, limit: TLSLimits.authorityFileBytes) else {
      throw Self.failure(place, "cannot be read, or is larger than \(TLSLimits.authorityFileBytes) bytes")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes a file beside its final place and renames it there, so that no reader sees half of it.
  func write(_ text: String, to name: String, mode: mode_t) throws(WireError) {
    let draft = ".\(name).\(getpid()).\(UInt32.random(in: 0 ... .max))"
    let file = openat(descriptor, draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard file >= 0 else { throw Self.failure("\(path)/\(name)", "cannot be written") }
    // The umask may have taken bits away; it never adds any.
    let isWritten = fchmod(file, mode) == 0 && FileContent.write(Array(text.utf8), to: file) && fsync(file) == 0
    close(file)
    guard isWritten, renameat(descriptor, draft, descriptor, name) == 0 else {
      let error = Self.failure("\(path)/\(name)", "cannot be written")
      unlinkat(descriptor, draft, 0)
      throw error
    }
  }

  private static func opened(_ path: String) throws(WireError) -> CInt {
    try make(path)
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, "cannot be opened as a directory") }
    do {
      try requirePrivate(descriptor, path, mode: 0o700)
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  private static func make(_ path: String) throws(WireError) {
    guard mkdir(path, 0o700) != 0 else { return }
    if errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw failure(path, "cannot be made")
    }
    try make(String(path[..<slash]))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(path, "cannot be made") }
  }

  private static func requirePrivate(_ file: CInt, _ place: String, mode: mode_t) throws(WireError) {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw failure(place, "cannot be examined") }
    guard status.st_uid == geteuid() else {
      throw WireError(
        .authorityUnusable, at: place, "belongs to user \(status.st_uid), not to you (user \(geteuid())).",
        remedy: "Choose another directory, or give it to yourself with chown.")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw WireError(
        .authorityUnusable, at: place,
        "can be used by others (mode \(String(status.st_mode & 0o777, radix: 8))), but the authority's key must be yours alone.",
        remedy: "Run: chmod \(String(mode, radix: 8)) '\(place)'; if others could have read the key, remove it instead."
      )
    }
  }

  private static func failure(_ place: String, _ sentence: String) -> WireError {
    WireError(
      .authorityUnusable, at: place, "\(sentence) (\(String(cString: strerror(errno)))).",
      remedy: "The authority's directory must be yours and writable.")
  }
}
