internal import Glibc
internal import Ledger
internal import Run

/// Files that auditors exchange.
enum EvidenceFile {
  /// A whole file of the size that such a file can have.
  ///
  /// - Throws: ``RunError`` with `.programMissing` where it is not there, `.ledger` where it is larger.
  static func read(_ path: String) throws(RunError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw RunError(.programMissing, at: path, "cannot be read: \(String(cString: strerror(errno))).")
    }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= LedgerLimits.noteBytes {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw RunError(.programMissing, at: path, "cannot be read: \(String(cString: strerror(errno))).")
      }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
    throw RunError(.ledger, at: path, "is larger than \(LedgerLimits.noteBytes) bytes, which no such file is.")
  }

  /// Writes a file that was not there before.
  static func write(_ bytes: [UInt8], to path: String) throws(LedgerError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0, Glibc.write(file, bytes, bytes.count) == bytes.count else {
      throw LedgerError(
        errno == EEXIST ? .alreadyExists : .storage, place: path,
        "cannot be written: \(String(cString: strerror(errno)))", remedy: "name a file that is not there yet")
    }
    close(file)
  }
}
