internal import Confinement
internal import Glibc

/// A directory whose contents are read and changed without ever following a link below it, whoever makes links there
/// meanwhile.
struct TreeRoot: ~Copyable {
  private let descriptor: CInt
  /// What a file is called while it is written, beside its place.
  let draftName: String

  /// - Parameter draftName: of one's own where a later look has to find what a kill left; else one that nobody has.
  /// - Returns: `nil` where there is no such directory.
  init?(_ path: String, draftName: String = ".sallyport.\(UInt64.random(in: .min ... .max))") {
    self.draftName = draftName
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Opens a directory below it.
  ///
  /// - Returns: -1 with `errno`; the caller closes it.
  func openDirectory(_ path: TreePath, makingThem: Bool = false) -> CInt {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    var current = openat(descriptor, ".", flags)
    for part in path.parts where current >= 0 {
      var next = Self.named(part) { openat(current, $0, flags) }
      if next < 0, makingThem, errno == ENOENT {
        _ = Self.named(part) { mkdirat(current, $0, 0o755) }
        next = Self.named(part) { openat(current, $0, flags) }
      }
      let cause = errno
      close(current)
      errno = cause
      current = next
    }
    return current
  }

  func status(_ path: TreePath) -> FileStatus? {
    guard path != .top else { return nil }
    return inParent(of: path) { FileStatus($1, in: $0) } ?? nil
  }

  /// Opens a regular file for reading; -1 for anything else.
  func openFile(_ path: TreePath) -> CInt {
    inParent(of: path) { directory, name in
      let file = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
      guard file >= 0, FileStatus(descriptor: file)?.kind == .file else {
        if file >= 0 { close(file) }
        return -1
      }
      return file
    } ?? -1
  }

  /// Whether a file or directory can be opened for reading.
  func canRead(_ path: TreePath) -> Bool {
    inParent(of: path) { faccessat($0, $1, R_OK, AT_EACCESS | AT_SYMLINK_NOFOLLOW) == 0 } ?? false
  }

  /// The content of a regular file; `nil` for anything else and for more than `limit` bytes.
  func bytes(_ path: TreePath, limit: Int) -> [UInt8]? {
    let file = openFile(path)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= limit {
      let count = read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += chunk.prefix(count)
    }
    return nil
  }

  /// What a symbolic link says.
  func linkText(_ path: TreePath) -> [UInt8]? {
    inParent(of: path) { directory, name in
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlinkat(directory, name, &buffer, buffer.count)
      return count > 0 ? buffer.prefix(count).map { UInt8(bitPattern: $0) } : nil
    } ?? nil
  }

  /// The names in a directory, sorted; `nil` where it cannot be read.
  func names(in path: TreePath) -> [(name: [UInt8], isDirectory: Bool)]? {
    let directory = openDirectory(path)
    guard directory >= 0 else { return nil }
    guard let handle = fdopendir(directory) else {
      close(directory)
      return nil
    }
    defer { closedir(handle) }
    var names: [(name: [UInt8], isDirectory: Bool)] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { start in
          UnsafeBufferPointer(start: start, count: strlen(start)).map { UInt8(bitPattern: $0) }
        }
      }
      if name == [0x2e] || name == [0x2e, 0x2e] { continue }
      var isDirectory = entry.pointee.d_type == UInt8(DT_DIR)
      if entry.pointee.d_type == UInt8(DT_UNKNOWN) { isDirectory = status(path.appending(name))?.kind == .directory }
      names.append((name, isDirectory))
    }
    return names.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  /// Calls the body with the open directory that a name is in, and the name.
  ///
  /// - Returns: `nil` where that directory cannot be reached.
  func inParent<Result>(
    of path: TreePath, makingThem: Bool = false, _ body: (CInt, UnsafePointer<CChar>) -> Result
  ) -> Result? {
    let directory = openDirectory(path.parent, makingThem: makingThem)
    guard directory >= 0 else { return nil }
    defer { close(directory) }
    return Self.named(path.name) { body(directory, $0) }
  }

  private static func named<Result>(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    (name.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
      // A buffer of at least one element has an address.
      guard let start = buffer.baseAddress else { return body("") }
      return body(start)
    }
  }
}
