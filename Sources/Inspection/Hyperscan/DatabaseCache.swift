internal import Crypto

#if canImport(Glibc)
  internal import Glibc
#endif

/// Compiled patterns on disk, named for what they were compiled from. Hyperscan itself notices damage.
struct DatabaseCache {
  /// Of the file.
  let name: String
  private let directory: String

  init(directory: String, patterns: [String]) {
    let source = ([PatternDatabase.platform] + patterns).joined(separator: "\n")
    let digest = SHA256.hash(data: Array(source.utf8)).prefix(16).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    self.init(directory: directory, name: "detectors-" + digest.joined() + ".hs")
  }

  init(directory: String, name: String) {
    self.directory = directory
    self.name = name
  }

  private var file: ReplacedFile { ReplacedFile(path: directory + "/" + name) }

  /// - Returns: `nil` where there is none, or a damaged one.
  func read() -> PatternDatabase? { file.read { PatternDatabase(serialised: $0) } }

  func write(_ database: PatternDatabase) {
    guard let body = database.serialised else { return }
    mkdir(directory, 0o700)
    file.write(body)
  }
}
