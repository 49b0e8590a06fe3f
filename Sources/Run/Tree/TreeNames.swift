/// Which names were below a directory at one moment, each as eight bytes.
struct TreeNames: Sendable {
  private var hashes: Set<UInt64> = []
  private var isComplete = true
  /// Those that git's indexes may have, not written down with the others.
  private(set) var gitIndexes: [TreePath] = []

  init(of directory: String) {
    guard let root = TreeRoot(directory) else { return }
    var waiting = [TreePath.top]
    while let directory = waiting.popLast() {
      for (name, isDirectory) in root.names(in: directory) ?? [] {
        let path = directory.appending(name)
        hashes.insert(path.hash64)
        if isDirectory, path.bytes.count <= RunLimits.changePathBytes { waiting.append(path) }
        if GitIndex.isPlace(path), gitIndexes.count < RunLimits.gitIndexes { gitIndexes.append(path) }
      }
      guard hashes.count <= RunLimits.protectedWalkNames else {
        isComplete = false
        return
      }
    }
  }

  func contains(_ path: TreePath) -> Bool { hashes.contains(path.hash64) }

  // MARK: On disk

  var bytes: [UInt8] {
    [isComplete ? 1 : 0] + hashes.flatMap { hash in (0..<8).map { UInt8(truncatingIfNeeded: hash >> ($0 * 8)) } }
  }

  /// - Returns: `nil` for what is no such list, or was not complete.
  init?(_ bytes: [UInt8]) {
    guard bytes.first == 1, bytes.count % 8 == 1 else { return nil }
    for start in stride(from: 1, to: bytes.count, by: 8) {
      hashes.insert((0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64($1 * 8) })
    }
  }
}
