package import Evidence
internal import Glibc
package import Patterns

/// The regular files beneath what was named.
///
/// Links are not followed: what they lead to is inspected where it lies, or was not asked for; the name that they hold is
/// what there is of them. Pipes, sockets and devices are passed by. Git's own directory is, too: its objects are compressed, and history is asked for by name.
package struct FileWalk {
  package private(set) var sources: [FileSource] = []
  package private(set) var gaps: [FileInspectionReport.Gap] = []
  private let excluded: [FilePattern]
  /// By their paths without links: what is named twice is looked at once.
  private var known: Set<[CChar]> = []

  /// - Parameters:
  ///   - paths: files and directories, as they were typed.
  ///   - excluded: patterns of paths relative to each directory named.
  /// - Throws: ``FileInspectionError`` with `.missing` where nothing has the name.
  package init(_ paths: [String], excluding excluded: [FilePattern] = []) throws(FileInspectionError) {
    self.excluded = excluded
    for path in paths { try begin(path) }
    sources.sort { $0.name < $1.name }
  }

  private mutating func begin(_ path: String) throws(FileInspectionError) {
    var status = stat()
    // What somebody names is what is meant, a link included.
    guard stat(path, &status) == 0 else {
      let reason = String(cString: strerror(errno))
      let isLink = lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
      throw FileInspectionError(
        .missing, at: path, isLink ? "is a link that leads nowhere: \(reason)." : "cannot be inspected: \(reason).",
        remedy: "Name a file or directory that is there.")
    }
    let bytes = Array(path.utf8CString.dropLast())
    guard let real = Self.withoutLinks(path) else {
      throw FileInspectionError(
        .missing, at: path, "cannot be inspected: it was removed.", remedy: "Name a file or directory that is there.")
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      if known.insert(real).inserted { begin(file: path, bytes) }
    case S_IFDIR:
      let directory = path == "." ? [] : bytes.last == Self.slash ? bytes : bytes + [Self.slash]
      descend(directory, from: real.last == Self.slash ? real : real + [Self.slash], below: 0, depth: 0)
    default:
      throw FileInspectionError(
        .missing, at: path, "is no regular file and no directory.", remedy: "Pipe it to `sallyport inspect -`.")
    }
  }

  private mutating func begin(file path: String, _ bytes: [CChar]) {
    sources.append(FileSource(name: path, content: .file(bytes + [0]), ownName: FileSource.lastPart(of: path)))
  }

  /// - Returns: `nil` for the working directory once it is removed.
  private static func withoutLinks(_ path: String) -> [CChar]? {
    guard let pointer = realpath(path, nil) else {
      return errno == ENOENT ? nil : Array(path.utf8CString.dropLast())
    }
    defer { free(pointer) }
    return Array(UnsafeBufferPointer(start: pointer, count: strlen(pointer)))
  }

  private static let slash = CChar(bitPattern: UInt8(ascii: "/"))

  /// - Parameters:
  ///   - directory: with its slash; empty for the working directory.
  ///   - real: the same without links.
  ///   - start: where in a path that begins with it the part beneath what was named begins.
  private mutating func descend(_ directory: [CChar], from real: [CChar], below start: Int, depth: Int) {
    let start = depth == 0 ? directory.count : start
    guard depth < FileInspectionLimits.depth else {
      return miss(directory, "too many directories within each other")
    }
    guard let entries = Self.entries(of: directory) else {
      return miss(directory, String(cString: strerror(errno)))
    }
    for (name, kind) in entries {
      let path = directory + name
      let relative = FileSegments(Self.text(path[start...]))
      if excluded.contains(where: { $0.matches(relative) }) { continue }
      let isGit = kind == Int(DT_DIR) && name.elementsEqual(".git".utf8.lazy.map { CChar(bitPattern: $0) })
      guard !isGit, known.insert(real + name).inserted else { continue }
      guard let content = Self.content(of: path, kind) else {
        miss(path, String(cString: strerror(errno)))
        continue
      }
      sources.append(FileSource(name: Self.text(path[...]), content: content, ownName: Self.text(name[...])))
      if kind == Int(DT_DIR) {
        descend(path + [Self.slash], from: real + name + [Self.slash], below: start, depth: depth + 1)
      }
    }
  }

  /// What of an entry is looked at: of a file what it holds, of a link where it leads, of all else the name.
  ///
  /// - Returns: `nil` where a link cannot be read.
  private static func content(of path: [CChar], _ kind: Int) -> FileSource.Content? {
    switch kind {
    case Int(DT_REG): .file(path + [0])
    case Int(DT_LNK): target(of: path + [0])
    default: .name
    }
  }

  private static func target(of link: [CChar]) -> FileSource.Content? {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(link, &target, target.count)
    return count < 0 ? nil : .bytes(target[..<count].map { UInt8(bitPattern: $0) })
  }

  /// - Returns: `nil` where it cannot be read to its end.
  private static func entries(of directory: [CChar]) -> [(name: [CChar], kind: Int)]? {
    guard let handle = opendir(directory.isEmpty ? [CChar(bitPattern: UInt8(ascii: ".")), 0] : directory + [0]) else {
      return nil
    }
    defer { closedir(handle) }
    var entries: [(name: [CChar], kind: Int)] = []
    while true {
      errno = 0
      guard let entry = readdir(handle) else { return errno == 0 ? entries : nil }
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) }
      }
      if name.allSatisfy({ $0 == CChar(bitPattern: UInt8(ascii: ".")) }), name.count <= 2 { continue }
      // Some file systems do not tell with the name.
      let told = Int(entry.pointee.d_type)
      let kind = told == Int(DT_UNKNOWN) ? Self.kind(of: directory + name + [0]) : told
      entries.append((name, kind))
    }
  }

  private static func kind(of path: [CChar]) -> Int {
    var status = stat()
    guard lstat(path, &status) == 0 else { return Int(DT_UNKNOWN) }
    // IFTODT of <dirent.h>.
    return Int(status.st_mode & S_IFMT) >> 12
  }

  private mutating func miss(_ path: [CChar], _ reason: String) {
    gaps.append(.init(path: path.isEmpty ? "." : Self.text(path[...]), reason: reason))
  }

  private static func text(_ path: ArraySlice<CChar>) -> String {
    String(decoding: path.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
