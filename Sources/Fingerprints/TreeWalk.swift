internal import Attribution
internal import Glibc
internal import Patterns

/// The files beneath a root that are the organisation's own, folder by folder.
struct TreeWalk {
  /// A folder that is open, and what is in it.
  struct Folder {
    let descriptor: Int32
    /// Below the root, with a slash at its end; empty for the root itself.
    let prefix: String
    let files: [String]
  }

  private struct Waiting {
    let path: [String]
    let rules: IgnoreRules
  }

  private let root: String
  private let isPublic: Bool
  private(set) var leftOut: [IndexedRoot.LeftOut: Int] = [:]

  /// - Parameter isPublic: nothing is left out: others' code is what is wanted.
  init(_ root: String, isPublic: Bool = false) {
    self.root = root
    self.isPublic = isPublic
  }

  /// Visits every folder, each after the one that it is in.
  ///
  /// - Throws: ``FingerprintError`` with `.missing` where the root cannot be read, and what the body throws.
  mutating func forEachFolder(
    _ body: (Folder) throws(FingerprintError) -> Void
  ) throws(FingerprintError) {
    let descriptor = Glibc.open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .missing(root, errno) }
    defer { close(descriptor) }
    var waiting = [Waiting(path: [], rules: rules(at: ".git/info/exclude", in: descriptor, IgnoreRules(), 0))]
    while let next = waiting.popLast() {
      let folder = FileReading.openDirectory(next.path.joined(separator: "/"), below: descriptor)
      guard folder >= 0 else {
        leftOut[.unreadable, default: 0] += 1
        continue
      }
      defer { close(folder) }
      try visit(next, folder, &waiting, body)
    }
  }

  private mutating func visit(
    _ place: Waiting, _ folder: Int32, _ waiting: inout [Waiting],
    _ body: (Folder) throws(FingerprintError) -> Void
  ) throws(FingerprintError) {
    guard let entries = WorkspaceWalk.entries(of: folder) else {
      leftOut[.unreadable, default: 0] += 1
      return
    }
    let rules =
      entries.files.contains(".gitignore")
      ? rules(at: ".gitignore", in: folder, place.rules, place.path.count) : place.rules
    let files = entries.files.filter { isPublic || !rules.leavesOut(place.path + [$0], isFolder: false) }
    try body(Folder(descriptor: folder, prefix: place.path.map { $0 + "/" }.joined(), files: files))
    for name in entries.folders.reversed() {
      let path = place.path + [name]
      if !isPublic {
        if rules.leavesOut(path, isFolder: true) { continue }
        if OtherPeoplesFiles.isFolder(name) {
          leftOut[.others, default: 0] += 1
          continue
        }
      }
      guard path.count <= FingerprintLimits.folderDepth else {
        leftOut[.unreadable, default: 0] += 1
        continue
      }
      waiting.append(Waiting(path: path, rules: rules))
    }
  }

  private func rules(at name: String, in directory: Int32, _ rules: IgnoreRules, _ depth: Int) -> IgnoreRules {
    guard !isPublic else { return rules }
    var reading = FileReading()
    guard case .text(let text, _) = reading.read(name, in: directory), text.count <= FingerprintLimits.ignoreBytes
    else {
      return rules
    }
    return rules.adding(String(decoding: text, as: UTF8.self), depth: depth)
  }
}
