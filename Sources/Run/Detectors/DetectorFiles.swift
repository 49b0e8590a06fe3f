internal import Confinement
internal import Crypto
internal import Evidence
internal import Glibc

/// The files that detectors are read from, and this program, as they are: what was made of them is of use for as long as
/// this is the same.
///
/// As for git's index, a file counts as unchanged whose place, length and times are; on file systems of this machine
/// nobody can set its time of change.
struct DetectorFiles {
  /// Of all of them.
  let digest: [UInt8]
  /// Of the program and the directories.
  private let digestOfDirectories: [UInt8]
  /// When the youngest of them was changed, and when they were looked at, in milliseconds since 1970.
  private let newest: Int64
  private let looked: Int64

  /// Milliseconds that two changes are apart to be told apart: file systems have clocks of two seconds.
  private static let tick: Int64 = 2_000
  /// Of directories within catalogues' own.
  private static let depth = 1

  /// - Parameters:
  ///   - directories: of detectors, with those directly in them.
  ///   - others: files that those name.
  ///   - time: when that is.
  /// - Returns: `nil` where there is one that cannot be looked at, or where times of change may be anything.
  init?(_ directories: [String], naming others: [String] = [], at time: Timestamp = WallClock.system.now()) {
    looked = time.millisecondsSinceEpoch
    var walk = Walk()
    walk.take(file: "/proc/self/exe")
    for directory in directories where FilePaths.isDirectory(directory) { walk.take(directory, depth: Self.depth) }
    digestOfDirectories = Array(walk.hash.finalize())
    for file in others { walk.take(file: file) }
    guard walk.isComplete else { return nil }
    digest = Array(walk.hash.finalize())
    newest = walk.newest
  }

  /// Whether somebody who read them after an earlier look has read them as they are.
  func areUnchanged(since earlier: DetectorFiles) -> Bool {
    digestOfDirectories == earlier.digestOfDirectories && newest < earlier.looked - Self.tick
  }

  private struct Walk {
    var hash = SHA256()
    var newest: Int64 = 0
    var isComplete = true

    /// `O_PATH` of open(2), which glibc shows only to programs that ask for GNU's extensions.
    private static let pathOnly: CInt = 0o10000000

    /// Follows links.
    mutating func take(file: String) {
      let descriptor = open(file, Self.pathOnly | O_CLOEXEC)
      guard descriptor >= 0 else { return isComplete = false }
      defer { close(descriptor) }
      guard let status = FileStatus(descriptor: descriptor), LocalFileSystem.holds(descriptor) else {
        return isComplete = false
      }
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
      guard directory >= 0 else { return isComplete = false }
      defer { close(directory) }
      guard let own = FileStatus(descriptor: directory), names.count < RunLimits.detectorFiles,
        LocalFileSystem.holds(directory)
      else { return isComplete = false }
      // What came and went in the meantime shows in it alone.
      take(path + "/", own)
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
