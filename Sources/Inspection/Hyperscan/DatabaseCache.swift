internal import Crypto

#if canImport(Glibc)
  internal import Glibc
#endif

/// Compiled patterns on disk, named for what they were compiled from, which is in the file, too.
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

  /// Before the patterns, and as long as keeps them aligned.
  private var head: [UInt8] { Array(name.utf8.prefix(64)) + Array(repeating: 0, count: max(0, 64 - name.utf8.count)) }

  /// - Returns: `nil` where there is none, a damaged one, or another's.
  func read() -> PatternDatabase? {
    file.read { bytes in
      let head = head
      guard bytes.count > head.count, bytes.prefix(head.count).elementsEqual(head) else { return nil }
      // Hyperscan itself notices damage.
      return PatternDatabase(serialised: UnsafeRawBufferPointer(rebasing: bytes[head.count...]))
    }
  }

  func write(_ database: PatternDatabase) {
    guard let body = database.serialised else { return }
    mkdir(directory, 0o700)
    file.write(head, body)
  }
}
