internal import Crypto
internal import Evidence
internal import Inspection

/// Detectors made ready, in a file: what is read instead of some thousand files for as long as none of them changes.
struct DetectorArchive {
  private let directories: [String]
  private let cache: String
  private let file: ChecksummedFile

  /// - Parameters:
  ///   - directories: that the detectors are read from.
  ///   - part: which of them.
  ///   - cache: where it is, with compiled patterns.
  init(of directories: [String], part: String, in cache: String) {
    self.directories = directories
    self.cache = cache
    let digest = SHA256.hash(data: Array(([part] + directories).joined(separator: "\0").utf8))
    let name = digest.prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    file = ChecksummedFile("\(cache)/detectors-\(name).archive")
  }

  /// - Parameter known: the digest of the files as they are, where somebody knows it.
  /// - Returns: `nil` where there is none, or one of other files.
  func read(of known: [UInt8]? = nil) -> CompiledDetectors? {
    file.read { bytes in
      var archive = ArchiveReader(bytes)
      guard let others = try? archive.texts(), let digest = try? archive.elements(of: UInt8.self),
        digest == known || digest == DetectorFiles(directories, naming: others)?.digest
      else { return nil }
      return CompiledDetectors(from: &archive, cacheDirectory: cache)
    }
  }

  /// - Parameter began: when reading the detectors' files began. What has changed since is not kept.
  func write(_ detectors: CompiledDetectors, readSince began: Timestamp) {
    let others = detectors.wordsFiles.sorted()
    guard let files = DetectorFiles(directories, naming: others), files.areUnchanged(since: began) else { return }
    var archive = ArchiveWriter()
    archive.write(others)
    archive.write(elements: files.digest)
    if detectors.write(to: &archive) { file.write(archive.bytes) }
  }
}
