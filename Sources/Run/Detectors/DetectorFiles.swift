internal import Confinement
internal import Crypto
internal import Evidence
internal import Glibc

/// The files that detectors are read from, and this program, as they are: what was made of them is of use for as long as
/// this is the same.
///
/// As for git's index, a file counts as unchanged whose place, length and times are; its time of change nobody can set.
struct DetectorFiles {
  let digest: [UInt8]
  /// When the youngest of them was changed, in milliseconds since 1970.
  private let newest: Int64

  /// Milliseconds that two changes are apart to be told apart: file systems have clocks of two seconds.
  private static let tick: Int64 = 2_000
  /// Of directories within catalogues' own.
  private static let depth = 1

  /// - Parameters:
  ///   - directories: of detectors, with those directly in them.
  ///   - others: files that those name.
  /// - Returns: `nil` where there is one that cannot be looked at.
  init?(_ directories: [String], naming others: [String] = []) {
    var walk = Walk()
    walk.take(file: "/proc/self/exe")
    for directory in directories where FilePaths.isDirectory(directory) { walk.take(directory, depth: Self.depth) }
    for file in others { walk.take(file: file) }
    guard walk.isComplete else { return nil }
    digest = Array(walk.hash.finalize())
    newest = walk.newest
  }

  /// Whether whoever read them from a time on has read them as they are.
  func areUnchanged(since time: Timestamp) -> Bool { newest < time.millisecondsSinceEpoch - Self.tick }

  private struct Walk {
    var hash = SHA256()
    var newest: Int64 = 0
    var isComplete = true

    mutating func take(file: String) {
      guard let status = FileStatus(path: file, follows: true) else { return isComplete = false }
      take(file, status)
    }

    private mutating func take(_ name: String, _ status: FileStatus) {
      hash.update(data: Array(name.utf8) + [0])
      withUnsafeBytes(of: status.identity) { hash.update(bufferPointer: $0) }
      newest = max(newest, status.identity.changed / 1_000_000)
    }

    mutating func take(_ path: String, depth: Int) {
      let names = FilePaths.names(in: path, limit: RunLimits.detectorFiles)
      let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard directory >= 0, names.count < RunLimits.detectorFiles else { return isComplete = false }
      defer { close(directory) }
      hash.update(data: Array(path.utf8) + [0, 0])
      for name in names.sorted() {
        guard let status = FileStatus(name, in: directory) else { return isComplete = false }
        switch status.kind {
        case .directory: if depth > 0 { take("\(path)/\(name)", depth: depth - 1) }
        case .file: take(name, status)
        default: take(file: "\(path)/\(name)")
        }
      }
    }
  }
}
