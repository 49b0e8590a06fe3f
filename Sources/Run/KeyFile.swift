internal import Confinement
internal import Glibc

/// 32 random bytes in a file that only its owner can read, made once.
enum KeyFile {
  static let byteCount = 32

  /// - Throws: ``RunError`` with `.state` where the file cannot be made, or is not ours alone.
  static func loadOrCreate(_ path: String) throws(RunError) -> [UInt8] {
    if let existing = try load(path) { return existing }
    var random = SystemRandomNumberGenerator()
    let bytes = (0..<byteCount).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    // Random, since other threads have this process's number, and one that ended midway may have had it too.
    let draft = "\(path).\(UInt64.random(in: .min ... .max, using: &random))"
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .state(path, "cannot be made", errno) }
    let written = write(file, bytes, bytes.count)
    close(file)
    defer { unlink(draft) }
    // Linking fails where another process was first; its key is then the one.
    guard written == bytes.count, link(draft, path) == 0 || errno == EEXIST, let key = try load(path) else {
      throw .state(path, "cannot be written", errno)
    }
    return key
  }

  private static func load(_ path: String) throws(RunError) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else {
      guard errno == ENOENT else { throw .state(path, "cannot be read", errno) }
      return nil
    }
    defer { close(file) }
    guard let status = FileStatus(descriptor: file), status.kind == .file else {
      throw RunError(.state, at: path, "is no regular file.", remedy: "Remove it; a new key is made.")
    }
    guard status.owner == geteuid(), status.permissions & 0o077 == 0 else {
      throw RunError(
        .state, at: path, "others can read this key, or it is not yours.", remedy: "Remove it; a new one is made.")
    }
    var bytes = [UInt8](repeating: 0, count: byteCount)
    guard read(file, &bytes, byteCount) == byteCount else {
      throw RunError(.state, at: path, "is shorter than a key.", remedy: "Remove it; a new one is made.")
    }
    return bytes
  }
}
