internal import Glibc

/// The folders of a workspace that are still to be read: the user's own before what was installed or built.
package struct WorkspaceWalk {
  package init() {}

  private var own: [String] = []
  private var others: [String] = []
  private var nextOwn = 0
  private var nextOther = 0
  private(set) var folders = 0

  /// What others wrote, or programs.
  private static let installed: Set<String> = [
    "node_modules", ".venv", "venv", "target", "build", "dist", ".build", "vendor", "third_party", "Pods", ".tox",
    "site-packages", "__pycache__", ".gradle", ".next", "bower_components", "Carthage", "DerivedData",
  ]
  /// What version control keeps for itself.
  static let skipped: Set<String> = [".git", ".hg", ".svn", ".jj"]

  /// - Returns: false for a folder that is too deep, or one too many: it is not read.
  package mutating func add(_ path: String) -> Bool {
    let depth = path.utf8.count { $0 == UInt8(ascii: "/") }
    guard depth < AttributionLimits.folderDepth, folders < AttributionLimits.folders else { return false }
    folders += 1
    if path.split(separator: "/").contains(where: { Self.installed.contains(String($0)) }) {
      others.append(path)
    } else {
      own.append(path)
    }
    return true
  }

  package mutating func next() -> String? {
    if nextOwn < own.count {
      nextOwn += 1
      return own[nextOwn - 1]
    }
    if nextOther < others.count {
      nextOther += 1
      return others[nextOther - 1]
    }
    return nil
  }

  /// Names of what is in a folder.
  ///
  /// - Parameter directory: stays open.
  /// - Returns: `nil` where the folder cannot be listed. Names that are no UTF-8 cannot be asked for again: they are told
  ///   as far as they can be shown.
  package static func entries(of directory: Int32) -> (files: [String], folders: [String], unnameable: [String])? {
    var files: [String] = []
    var folders: [String] = []
    var unnameable: [String] = []
    let copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = fdopendir(copy) else {
      if copy >= 0 { close(copy) }
      return nil
    }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let (name, isUTF8) = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          (String(cString: $0), String(validatingCString: $0) != nil)
        }
      }
      if name == "." || name == ".." { continue }
      guard isUTF8 else {
        if entry.pointee.d_type != UInt8(DT_LNK) { unnameable.append(name) }
        continue
      }
      switch kind(of: entry.pointee.d_type, name, in: directory) {
      case S_IFREG: files.append(name)
      case S_IFDIR: if !skipped.contains(name) { folders.append(name) }
      default: break
      }
    }
    return (files.sorted(), folders.sorted(), unnameable.sorted())
  }

  private static func kind(of type: UInt8, _ name: String, in directory: Int32) -> mode_t {
    if type == UInt8(DT_REG) { return S_IFREG }
    if type == UInt8(DT_DIR) { return S_IFDIR }
    guard type == UInt8(DT_UNKNOWN) else { return 0 }
    var status = stat()
    guard fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return 0 }
    return status.st_mode & S_IFMT
  }
}
