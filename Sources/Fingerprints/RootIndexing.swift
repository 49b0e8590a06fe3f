internal import Attribution
package import Evidence
internal import Glibc

/// Makes the index of a root, out of the one that there was and what changed since.
package struct RootIndexing {
  private let key: FingerprintKey
  private let path: String
  private let name: String
  private let publicPaths: [String]
  private let clock: WallClock
  private let settled: Duration

  /// - Parameters:
  ///   - path: of a directory, as the system has it, without links.
  ///   - publicPaths: directories of public code, likewise.
  ///   - settled: how long a file must have been left alone for its times to tell whether it changes again.
  package init(
    _ path: String, name: String, publicPaths: [String] = [], key: FingerprintKey, clock: WallClock = .system,
    settled: Duration = .seconds(2)
  ) {
    self.settled = settled
    self.path = path
    self.name = name
    self.publicPaths = publicPaths
    self.key = key
    self.clock = clock
  }

  /// How far it is.
  package struct Progress: Sendable, Hashable {
    package var files = 0
    package var bytes = 0
    /// Of those, the files that were read.
    package var read = 0
  }

  /// What came of it.
  package struct Outcome: Sendable {
    package let root: IndexedRoot
    package let progress: Progress
    /// Files that are as they were, and were not read.
    let reused: Int
    /// The bytes of the new index.
    package let bytes: [UInt8]
  }

  /// - Parameters:
  ///   - previous: is not read where it is of another root, or of other public code.
  ///   - isMoved: it is of this root, which was elsewhere.
  /// - Throws: ``FingerprintError`` with `.missing` for what cannot be read, `.tooLarge` for more than is indexed.
  package func index(
    after previous: FingerprintIndex?, isMoved: Bool = false, progress tell: (Progress) -> Void = { _ in }
  ) throws(FingerprintError) -> Outcome {
    let publicCode = PublicCode(publicPaths, key)
    let stamp = try publicCode.stamp()
    var previous = previous
    if let root = previous?.root, root.path != path && !isMoved || root.publicStamp != stamp { previous = nil }
    var draft = IndexDraft(previous, key, settled: settled)
    var walk = TreeWalk(path)
    try walk.forEachFolder { folder throws(FingerprintError) in
      for file in folder.files { try draft.take(file, in: folder, tell) }
    }
    draft.settle()
    if draft.progress.read > 0 { try publicCode.subtract(from: &draft.entries) }
    let root = root(of: draft, walk, stamp)
    return Outcome(
      root: root, progress: draft.progress, reused: draft.reused,
      bytes: try FingerprintIndex.bytes(of: root, draft.files, draft.entries, key: key))
  }

  /// Which directory that is, wherever it is moved within its file system; 0 where nobody can tell.
  static func number(ofFolder path: String, _ key: FingerprintKey) -> UInt64 {
    var status = stat()
    guard stat(path, &status) == 0 else { return 0 }
    return key.number(
      of: [UInt64(status.st_dev), UInt64(status.st_ino)].flatMap { number in
        (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
      })
  }

  private func root(of draft: IndexDraft, _ walk: TreeWalk, _ stamp: UInt64) -> IndexedRoot {
    var root = IndexedRoot(
      path: path, name: name, publicPaths: publicPaths, publicStamp: stamp,
      folder: Self.number(ofFolder: path, key), indexed: clock.now())
    root.files = draft.files.count
    root.lines = draft.files.reduce(0) { $0 + Int($1.lines) }
    root.bytes = draft.files.reduce(0) { $0 + Int($1.bytes) }
    root.fingerprints = draft.entries.reduce(0) { $0 + $1.count }
    root.leftOut = draft.leftOut.merging(walk.leftOut) { $0 + $1 }
    return root
  }
}
