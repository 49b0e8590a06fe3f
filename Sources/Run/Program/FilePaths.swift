internal import Confinement
internal import Glibc

/// Questions about paths, answered by the kernel.
enum FilePaths {
  static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(workingDirectory())/\(path)"
  }

  /// `/` where the directory that we are in was deleted: ``currentDirectory()`` tells that.
  static func workingDirectory() -> String { (try? currentDirectory()) ?? "/" }

  /// - Throws: ``RunError`` with `.usage` where there is none any more.
  static func currentDirectory() throws(RunError) -> String {
    let pointer = getcwd(nil, 0)
    defer { free(pointer) }
    // getcwd(3): a path outside our root comes without its slash.
    guard let pointer, pointer.pointee == CChar(bitPattern: UInt8(ascii: "/")) else {
      throw RunError(
        .usage, at: "current directory", "the directory that you are in was deleted or cannot be reached.",
        remedy: "Change to another one with cd, then run again.")
    }
    return String(cString: pointer)
  }

  /// Without links, `.` and `..`; `nil` where there is no such file.
  static func canonical(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  /// Without `.`, `..`, doubled and trailing slashes, by its letters alone.
  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Canonical as far as it exists, and the rest as it is written.
  static func resolved(_ path: String) -> String {
    // By the kernel where it can: a `..` behind a link is not what its letters say.
    if let real = canonical(path) { return real }
    var existing = normalized(path)
    var rest = ""
    while existing != "/" {
      if let real = canonical(existing) { return real == "/" && !rest.isEmpty ? rest : real + rest }
      rest = existing.dropFirst(parent(existing) == "/" ? 0 : parent(existing).count) + rest
      existing = parent(existing)
    }
    return rest.isEmpty ? "/" : rest
  }

  /// Whether `path` is `directory` or lies beneath it; both normalized.
  static func isWithin(_ path: String, _ directory: String) -> Bool {
    path == directory || directory == "/" || path.hasPrefix(directory + "/")
  }

  /// With the home in the place of a leading `~/`.
  static func expanded(_ path: String, home: String) -> String {
    path == "~" ? home : path.hasPrefix("~/") ? "\(home)/\(path.dropFirst(2))" : path
  }

  static func parent(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  /// The last part of a path.
  static func name(_ path: String) -> Substring {
    path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
  }

  static func isDirectory(_ path: String) -> Bool { mode(path).map { $0 & S_IFMT == S_IFDIR } ?? false }

  static func exists(_ path: String) -> Bool { mode(path) != nil }

  static func isLink(_ path: String) -> Bool {
    FileStatus(path: path)?.kind == .link
  }

  /// Whether it belongs to who runs this.
  static func isOwn(_ path: String) -> Bool {
    FileStatus(path: path, follows: true)?.owner == geteuid()
  }

  static func isSocket(_ path: String) -> Bool { mode(path).map { $0 & S_IFMT == S_IFSOCK } ?? false }

  static func isRegularFile(_ path: String) -> Bool { mode(path).map { $0 & S_IFMT == S_IFREG } ?? false }

  static func isExecutableFile(_ path: String) -> Bool {
    mode(path).map { $0 & S_IFMT == S_IFREG } ?? false && access(path, X_OK) == 0
  }

  private static func mode(_ path: String) -> mode_t? {
    FileStatus(path: path, follows: true).map { mode_t($0.identity.mode) }
  }

  /// When a file or directory was last changed, in milliseconds since 1970; a link counts itself.
  static func modified(_ path: String) -> Int64? {
    FileStatus(path: path).map { $0.identity.modified / 1_000_000 }
  }

  /// Where a symbolic link points, absolute; `nil` for anything else.
  static func linkTarget(_ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count - 1)
    guard count > 0 else { return nil }
    let target = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return target.hasPrefix("/") ? target : canonical("\(parent(path))/\(target)")
  }

  /// What a symbolic link says, as it says it.
  static func linkText(_ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
  }

  /// The names in a directory, `.` and `..` apart; none where it cannot be read.
  static func names(in directory: String, limit: Int) -> [String] {
    opendir(directory).map { names($0, limit) } ?? []
  }

  /// The same of a directory of our state, where what cannot be read must not pass for empty.
  ///
  /// - Throws: ``RunError`` with `.state`; a directory that is not there has no names.
  static func stateNames(in directory: String, limit: Int) throws(RunError) -> [String] {
    guard let handle = opendir(directory) else {
      guard errno != ENOENT else { return [] }
      throw .state(directory, "cannot be read", errno)
    }
    return names(handle, limit)
  }

  private static func names(_ handle: OpaquePointer, _ limit: Int) -> [String] {
    defer { closedir(handle) }
    var names: [String] = []
    while names.count < limit, let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// A hash of a regular file's length and beginning, of use within this process only; 0 for anything else.
  static func contentHash(_ path: String, limit: Int) -> Int {
    // What an agent left there may be a pipe that nobody writes to.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    guard let status = FileStatus(descriptor: descriptor), status.kind == .file else { return 0 }
    var hasher = Hasher()
    hasher.combine(status.bytes)
    var left = limit
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while left > 0, case let count = Glibc.read(descriptor, &chunk, min(chunk.count, left)), count > 0 {
      chunk.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      left -= count
    }
    return hasher.finalize()
  }

  /// The beginning of a text file; bytes that are no UTF-8 are replaced.
  static func read(_ path: String, limit: Int) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = Glibc.read(descriptor, &bytes, limit)
    guard count >= 0 else { return nil }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// The beginning of a regular file; `nil` for anything else, so that no pipe or device is waited for.
  static func bytes(_ path: String, limit: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard let status = FileStatus(descriptor: descriptor), status.kind == .file else { return nil }
    var bytes = [UInt8](repeating: 0, count: min(limit, max(0, Int(status.bytes))))
    var filled = 0
    while filled < bytes.count {
      let count = bytes[filled...].withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      filled += count
    }
    return Array(bytes[..<filled])
  }
}
