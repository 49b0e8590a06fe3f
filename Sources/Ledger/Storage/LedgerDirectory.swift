internal import CLinux
internal import Glibc
internal import Synchronization

/// The directory of one ledger, held open: a directory that is moved away while in use stays the one that is written.
///
/// All names are relative to it. New content appears under its name whole or not at all.
final class LedgerDirectory: Sendable {
  let path: String
  private let descriptor: Int32
  private let probe: StorageProbe?
  private let temporaryFiles = Atomic<Int>(0)

  /// Where a ledger's files are written before they get their names; whatever is left there is of no use to anybody.
  static let temporaryName = "tmp"
  private static let draftPrefix = ".new-"
  private let temporaryPrefix: String

  /// - Parameter isLedger: other directories that we write to, the key's and the anchor's, get no subdirectory.
  init(_ path: String, create: Bool, isLedger: Bool = true, probe: StorageProbe? = nil) throws(LedgerError) {
    self.path = path
    self.probe = probe
    temporaryPrefix = isLedger ? Self.temporaryName + "/" : Self.draftPrefix
    if create { try Self.makeDirectories(path) }
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor < 0 { throw .system("open", path, errno: errno) }
  }

  deinit { close(descriptor) }

  /// Whether it is on a file system of this machine that takes writes into memory; one that we do not know may be a
  /// network's.
  var isLocal: Bool { cl_is_on_local_file_system(descriptor) }

  /// Makes a directory and those above it, for the user alone.
  static func makeDirectories(_ path: String) throws(LedgerError) {
    guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
    let parent = path.split(separator: "/", omittingEmptySubsequences: true).dropLast().joined(separator: "/")
    guard errno == ENOENT, !parent.isEmpty else { throw .system("make", path, errno: errno) }
    try makeDirectories(path.hasPrefix("/") ? "/" + parent : parent)
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .system("make", path, errno: errno) }
  }

  // MARK: Reading

  /// A whole file; `nil` where there is none.
  func contents(of name: String, limit: Int) throws(LedgerError) -> [UInt8]? {
    // Without O_NONBLOCK somebody's named pipe would hold us up for ever.
    guard let file = try openFile(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, whenAbsent: nil) else { return nil }
    guard try file.isPlain() else { throw LedgerError(.malformed, place: name, "it is no plain file") }
    let size = try file.status().size
    guard size <= limit else {
      throw LedgerError(.tooLarge, place: name, "\(size) bytes are past the \(limit) that such a file can have")
    }
    return try file.read(at: 0, count: size)
  }

  /// The names in a directory, sorted; none where there is no such directory.
  func names(in name: String) throws(LedgerError) -> [String] {
    let directory = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
    guard directory >= 0 else {
      if errno == ENOENT { return [] }
      throw .system("list", name, errno: errno)
    }
    guard let stream = fdopendir(directory) else {
      close(directory)
      throw .system("list", name, errno: errno)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let text = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if text != ".", text != ".." { names.append(text) }
    }
    return names.sorted()
  }

  func isDirectory(_ name: String) -> Bool {
    var status = stat()
    return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  func exists(_ name: String) -> Bool { faccessat(descriptor, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0 }

  /// - Returns: `nil` where there is no such file and `mode` is `nil`.
  func openFile(_ name: String, _ flags: Int32, whenAbsent mode: mode_t?) throws(LedgerError) -> OpenFile? {
    if mode != nil, !exists(name), let number = probe?(.link(name)) { throw .system("make", name, errno: number) }
    // Opening a pipe that somebody left here would wait for ever.
    let file = openat(descriptor, name, flags | O_CLOEXEC | O_NONBLOCK | (mode == nil ? 0 : O_CREAT), mode ?? 0)
    guard file >= 0 else {
      if errno == ENOENT, mode == nil { return nil }
      if errno == ELOOP { throw LedgerError(.malformed, place: name, "it is no plain file") }
      throw .system("open", name, errno: errno)
    }
    var status = stat()
    guard fstat(file, &status) == 0, [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
      close(file)
      throw LedgerError(.malformed, place: name, "it is no plain file")
    }
    return OpenFile(descriptor: file, name: name, probe: probe)
  }

  // MARK: Writing

  /// Writes a file that must not be there yet.
  ///
  /// - Returns: `false` where the name was taken; that file is left as it is.
  func create(_ name: String, _ bytes: [UInt8], _ durability: Durability, mode: mode_t = 0o600) throws(LedgerError)
    -> Bool
  {
    let temporary = try writeTemporary(bytes, durability, mode: mode)
    defer { unlinkat(descriptor, temporary, 0) }
    if let number = probe?(.link(name)) { throw .system("make", name, errno: number) }
    var isLinked = linkat(descriptor, temporary, descriptor, name, 0) == 0
    if !isLinked, errno == ENOENT {
      try makeParents(of: name, durability)
      isLinked = linkat(descriptor, temporary, descriptor, name, 0) == 0
    }
    guard isLinked else {
      if errno == EEXIST { return false }
      throw .system("make", name, errno: errno)
    }
    if durability == .disk { try syncDirectory(Self.parent(of: name)) }
    return true
  }

  /// Puts a new content under a name, at once.
  func replace(_ name: String, _ bytes: [UInt8], _ durability: Durability, mode: mode_t = 0o600) throws(LedgerError) {
    let temporary = try writeTemporary(bytes, durability, mode: mode)
    if let number = probe?(.rename(name)) { throw .system("replace", name, errno: number) }
    var isRenamed = renameat(descriptor, temporary, descriptor, name) == 0
    if !isRenamed, errno == ENOENT {
      try makeParents(of: name, durability)
      isRenamed = renameat(descriptor, temporary, descriptor, name) == 0
    }
    guard isRenamed else {
      let number = errno
      unlinkat(descriptor, temporary, 0)
      throw .system("replace", name, errno: number)
    }
    if durability == .disk { try syncDirectory(Self.parent(of: name)) }
  }

  /// Gives a file another name, at once; what had that name is gone.
  func rename(_ name: String, to other: String, _ durability: Durability) throws(LedgerError) {
    if let number = probe?(.rename(other)) { throw .system("replace", other, errno: number) }
    guard renameat(descriptor, name, descriptor, other) == 0 else { throw .system("replace", other, errno: errno) }
    if durability == .disk { try syncDirectory(Self.parent(of: other)) }
  }

  /// Gives a file a second name, which must be free.
  func link(_ name: String, as other: String) throws(LedgerError) {
    if let number = probe?(.link(other)) { throw .system("make", other, errno: number) }
    guard linkat(descriptor, name, descriptor, other, 0) == 0 else { throw .system("make", other, errno: errno) }
  }

  /// Removes a file; one that is not there is fine.
  func remove(_ name: String) throws(LedgerError) {
    if let number = probe?(.remove(name)) { throw .system("remove", name, errno: number) }
    guard unlinkat(descriptor, name, 0) == 0 || errno == ENOENT else { throw .system("remove", name, errno: errno) }
  }

  /// Removes a directory with the files in it; one that is not there is fine.
  func removeDirectory(_ name: String) throws(LedgerError) {
    for file in try names(in: name) { try remove("\(name)/\(file)") }
    guard unlinkat(descriptor, name, AT_REMOVEDIR) == 0 || errno == ENOENT else {
      throw .system("remove", name, errno: errno)
    }
  }

  /// Removes what others who died have left of files that were to appear here.
  ///
  /// - Precondition: nobody else writes to this directory.
  func removeDrafts() throws(LedgerError) {
    for name in try names(in: ".") where name.hasPrefix(Self.draftPrefix) { try remove(name) }
  }

  func makeDirectory(_ name: String, _ durability: Durability) throws(LedgerError) {
    if exists(name) { return }
    if let number = probe?(.makeDirectory(name)) { throw .system("make", name, errno: number) }
    guard mkdirat(descriptor, name, 0o700) == 0 || errno == EEXIST else { throw .system("make", name, errno: errno) }
    if durability == .disk { try syncDirectory(Self.parent(of: name)) }
  }

  /// Forces the names in a directory to the disk.
  func syncDirectory(_ name: String) throws(LedgerError) {
    guard let file = try openFile(name, O_RDONLY | O_DIRECTORY, whenAbsent: nil) else { return }
    try file.sync()
  }

  private func makeParents(of name: String, _ durability: Durability) throws(LedgerError) {
    var parent = ""
    for part in name.split(separator: "/").dropLast() {
      parent += parent.isEmpty ? String(part) : "/\(part)"
      try makeDirectory(parent, durability)
    }
  }

  private static func parent(of name: String) -> String {
    let parent = name.split(separator: "/").dropLast().joined(separator: "/")
    return parent.isEmpty ? "." : parent
  }

  private func writeTemporary(_ bytes: [UInt8], _ durability: Durability, mode: mode_t) throws(LedgerError) -> String {
    let number = temporaryFiles.add(1, ordering: .relaxed).newValue
    let name = "\(temporaryPrefix)\(getpid()).\(number)"
    // What lies there under this name is from a process that had our number before and is gone.
    unlinkat(descriptor, name, 0)
    try makeParents(of: name, durability)
    if let number = probe?(.link(name)) { throw .system("make", name, errno: number) }
    let created = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard created >= 0 else { throw .system("make", name, errno: errno) }
    let file = OpenFile(descriptor: created, name: name, probe: probe)
    do throws(LedgerError) {
      try file.write(bytes, at: 0)
      if durability == .disk { try file.sync() }
    } catch {
      unlinkat(descriptor, name, 0)
      throw error
    }
    return name
  }
}
