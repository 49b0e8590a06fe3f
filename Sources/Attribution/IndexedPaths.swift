internal import Glibc

/// Which files are indexed, and under which names.
struct IndexedPaths: Sendable {
  let workspace: String
  private let ignored: [String]

  /// What comes with the system: nobody's own text, and too much of it.
  private static let system = [
    "/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/proc", "/sys", "/dev", "/run", "/boot",
  ]

  init(workspace: String, ignored: [String]) {
    self.workspace = Self.trimmed(workspace)
    self.ignored = ignored.map(Self.trimmed)
  }

  private static func trimmed(_ path: String) -> String {
    var path = path[...]
    while path.count > 1, path.last == "/" { path = path.dropLast() }
    return String(path)
  }

  /// The name of a file by its absolute path: relative in the workspace. `nil` for what is not indexed.
  ///
  /// Asked for every file that is opened.
  func name(of path: String) -> String? {
    let hasDots = Self.hasDots(path)
    guard path.utf8.first == Self.slash, !hasDots || !path.contains("/../") && !path.hasSuffix("/.."), !isIgnored(path)
    else { return nil }
    if let inside = Self.relative(path, to: workspace) {
      let isSkipped = hasDots && inside.split(separator: "/").contains { WorkspaceWalk.skipped.contains(String($0)) }
      return isSkipped ? nil : inside
    }
    return isOutsideAllowed(path) ? path : nil
  }

  func isIgnored(_ path: String) -> Bool { ignored.contains { Self.isWithin(path, $0) } }

  /// Whether a file outside of the workspace may be read.
  func isOutsideAllowed(_ path: String) -> Bool {
    !isIgnored(path) && !Self.system.contains { Self.isWithin(path, $0) }
  }

  func absolute(_ name: String) -> String { name.utf8.first == Self.slash ? name : workspace + "/" + name }

  private static let slash = UInt8(ascii: "/")

  /// Whether one of its names begins with a dot; only such are skipped, or lead up.
  private static func hasDots(_ path: String) -> Bool {
    var isFirst = false
    for byte in path.utf8 {
      if isFirst, byte == UInt8(ascii: ".") { return true }
      isFirst = byte == slash
    }
    return false
  }

  private static func isWithin(_ path: String, _ folder: String) -> Bool {
    path == folder || start(of: path, in: folder) != nil
  }

  /// Where the path goes on in the folder, byte by byte: other letters of the same look are another file's.
  private static func start(of path: String, in folder: String) -> String.Index? {
    let count = folder == "/" ? 0 : folder.utf8.count
    guard path.utf8.count > count + 1, count == 0 || begins(path, with: folder) else { return nil }
    let end = path.utf8.index(path.startIndex, offsetBy: count)
    return path.utf8[end] == slash ? path.utf8.index(after: end) : nil
  }

  private static func begins(_ path: String, with folder: String) -> Bool {
    let isSame = path.utf8.withContiguousStorageIfAvailable { path in
      folder.utf8.withContiguousStorageIfAvailable { folder in
        guard let first = path.baseAddress, let second = folder.baseAddress else { return folder.isEmpty }
        return path.count >= folder.count && memcmp(first, second, folder.count) == 0
      }
    }
    return (isSame ?? nil) ?? path.utf8.starts(with: folder.utf8)
  }

  private static func relative(_ path: String, to folder: String) -> String? {
    start(of: path, in: folder).map { String(path[$0...]) }
  }
}
