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
  func name(of path: String) -> String? {
    guard path.hasPrefix("/"), !path.contains("/../"), !path.hasSuffix("/.."), !isIgnored(path) else { return nil }
    if let inside = Self.relative(path, to: workspace) {
      return inside.split(separator: "/").contains { WorkspaceWalk.skipped.contains(String($0)) } ? nil : inside
    }
    return isOutsideAllowed(path) ? path : nil
  }

  func isIgnored(_ path: String) -> Bool {
    ignored.contains { path == $0 || Self.relative(path, to: $0) != nil }
  }

  /// Whether a file outside of the workspace may be read.
  func isOutsideAllowed(_ path: String) -> Bool {
    !isIgnored(path) && !Self.system.contains { path == $0 || Self.relative(path, to: $0) != nil }
  }

  func absolute(_ name: String) -> String { name.hasPrefix("/") ? name : workspace + "/" + name }

  static func relative(_ path: String, to folder: String) -> String? {
    let prefix = folder == "/" ? "/" : folder + "/"
    guard path.hasPrefix(prefix), path.utf8.count > prefix.utf8.count else { return nil }
    return String(path.dropFirst(prefix.count))
  }
}
