internal import Crypto

#if canImport(Glibc)
  internal import Glibc
#endif

/// Compiled patterns on disk: named for what they were compiled from, sealed with a digest against damage.
struct DatabaseCache {
  private let path: String
  private let directory: String

  init(directory: String, patterns: [String]) {
    let source = ([PatternDatabase.platform] + patterns).joined(separator: "\n")
    let name = SHA256.hash(data: Array(source.utf8)).prefix(16).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    self.directory = directory
    path = directory + "/detectors-" + name.joined() + ".hs"
  }

  /// - Returns: `nil` where there is none, or a damaged one.
  func read() -> PatternDatabase? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    let digestBytes = SHA256.byteCount
    guard bytes.count > digestBytes, SHA256.hash(data: bytes[digestBytes...]).elementsEqual(bytes[..<digestBytes])
    else { return nil }
    return PatternDatabase(serialised: Array(bytes[digestBytes...]))
  }

  /// Writes beside and renames, so that another process sees all or nothing. What fails is compiled again next time.
  func write(_ database: PatternDatabase) {
    guard let body = database.serialised else { return }
    mkdir(directory, 0o700)
    let temporary = path + ".\(getpid()).new"
    guard let file = fopen(temporary, "wx") else { return }
    let bytes = Array(SHA256.hash(data: body)) + body
    let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
    let isClosed = fclose(file) == 0
    if !(isWritten && isClosed && rename(temporary, path) == 0) { unlink(temporary) }
  }
}
