internal import Confinement
internal import Documents
internal import Evidence
internal import Glibc
internal import Synchronization

/// The file of one run: a line that says how long it is kept, and a sealed record in each line after it.
struct SealedFile {
  static let suffix = ".sealed"

  let started: Timestamp
  let expires: Timestamp
  let records: [[UInt8]]

  /// - Returns: `nil` for one that has just been removed, or that says nothing of itself.
  /// - Throws: ``RunError`` with `.state`.
  static func read(_ path: String, limit: Int) throws(RunError) -> SealedFile? {
    guard let status = FileStatus(path: path) else { return nil }
    guard status.kind == .file, status.owner == geteuid(), status.permissions & 0o077 == 0 else {
      throw RunError(
        .state, at: path, "others can read it, or it is not yours.", remedy: "Make it yours alone: chmod 600.")
    }
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = try RegularFile.bytes(path, limit: limit)
    } catch {
      throw RunError(.state, at: path, "\(error.sentence).", remedy: "Remove it; what it holds is then forgotten.")
    }
    // One that was killed may have left half a line, which is none.
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
    guard let first = lines.first, let head = try? JSONParser.parse(Array(first)),
      let started = head["started"]?.string.flatMap(Timestamp.init),
      let expires = head["expires"]?.string.flatMap(Timestamp.init)
    else { return nil }
    return SealedFile(started: started, expires: expires, records: lines.dropFirst().map { Array($0) })
  }

  /// Writes to the file, which is made with its first record.
  final class Writer: Sendable {
    private let path: String
    private let head: [UInt8]
    /// -1 before the first record.
    private let file = Mutex<CInt>(-1)

    init(_ path: String, started: Timestamp, expires: Timestamp) {
      self.path = path
      head = Array(#"{"expires":"\#(expires)","started":"\#(started)","version":1}"#.utf8) + [0x0a]
    }

    /// - Returns: false where it cannot be written; then nothing of it is there.
    func append(_ record: [UInt8]) -> Bool {
      file.withLock { file in
        if file < 0 { file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
        let end = lseek(file, 0, SEEK_END)
        guard end >= 0 else { return false }
        let isWritten = Descriptors.write((end == 0 ? head : []) + record + [0x0a], to: file)
        // Half a line would take the next one with it.
        if !isWritten { _ = ftruncate(file, end) }
        return isWritten
      }
    }

    deinit { file.withLock { if $0 >= 0 { close($0) } } }
  }
}
