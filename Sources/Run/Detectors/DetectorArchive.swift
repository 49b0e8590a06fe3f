internal import Confinement
internal import Crypto
internal import Evidence
internal import Glibc
internal import Inspection

/// Detectors made ready, in a file: what is read instead of some thousand files for as long as none of them changes.
struct DetectorArchive {
  private let directories: [String]
  private let part: String
  private let cache: String
  private let file: ChecksummedFile

  /// - Parameters:
  ///   - directories: that the detectors are read from.
  ///   - part: which of them.
  ///   - cache: where it is, with compiled patterns.
  init(of directories: [String], part: String, in cache: String) {
    self.directories = directories
    self.part = part
    self.cache = cache
    let digest = SHA256.hash(data: Array(([part] + directories).joined(separator: "\0").utf8))
    let name = digest.prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    file = ChecksummedFile("\(cache)/detectors-\(name).archive")
  }

  /// - Parameter known: the directories' files as they are, where somebody has looked at them.
  /// - Returns: `nil` where there is none, or one of other files.
  func read(of known: DetectorFiles? = nil) -> CompiledDetectors? {
    file.read { bytes in
      var archive = ArchiveReader(bytes)
      guard (try? archive.texts()) == [part] + directories, let others = try? archive.texts(),
        let digest = try? archive.elements(of: UInt8.self),
        digest == known?.digest || digest == DetectorFiles(directories, naming: others)?.digest
      else { return nil }
      return CompiledDetectors(from: &archive, cacheDirectory: cache)
    }
  }

  /// - Parameter earlier: the files as they were before they were read. What has changed since is not kept.
  func write(_ detectors: CompiledDetectors, of earlier: DetectorFiles?) {
    let others = detectors.wordsFiles.sorted()
    // Where a link leads may change while no file does.
    guard others.allSatisfy({ FilePaths.canonical($0) == FilePaths.normalized(FilePaths.absolute($0)) }),
      let earlier, let files = DetectorFiles(directories, naming: others), files.areUnchanged(since: earlier)
    else { return }
    var archive = ArchiveWriter()
    archive.write([part] + directories)
    archive.write(others)
    archive.write(elements: files.digest)
    guard detectors.write(to: &archive) else { return }
    file.write(archive.bytes)
    removeOld()
  }

  /// Of detectors and of releases that are no more nothing stays for ever.
  private func removeOld() {
    let names = FilePaths.names(in: cache, limit: RunLimits.detectorFiles).filter { $0.hasPrefix("detectors-") }
    let drafts = names.filter { $0.hasSuffix(ReplacedFile.draftSuffix) }
    for draft in drafts where isForgotten("\(cache)/\(draft)") { unlink("\(cache)/\(draft)") }
    let files = names.filter { !$0.hasSuffix(ReplacedFile.draftSuffix) }.compactMap { name in
      FileStatus(path: "\(cache)/\(name)").map { (path: "\(cache)/\(name)", modified: $0.identity.modified) }
    }
    for old in files.sorted(by: { $0.modified > $1.modified }).dropFirst(RunLimits.keptDetectors) { unlink(old.path) }
  }

  /// What takes seconds to be written, and is an hour old.
  private func isForgotten(_ draft: String) -> Bool {
    let now = WallClock.system.now().millisecondsSinceEpoch
    return FileStatus(path: draft).map { $0.identity.modified / 1_000_000 < now - 3_600_000 } ?? false
  }
}
