internal import Documents
internal import Glibc
internal import Ledger
internal import Run

/// Files that auditors exchange.
enum EvidenceFile {
  static let checkpoint = "a checkpoint, such as the one in the ledger's directory was then"

  /// A whole file of the size that such a file can have.
  ///
  /// - Parameter thing: what it is to hold: `a checkpoint`.
  /// - Throws: ``RunError`` with `.programMissing` where it is not there, `.configuration` where it is no file that can
  ///   be read, `.ledger` where it is larger.
  static func read(_ path: String, for thing: String) throws(RunError) -> [UInt8] {
    do throws(FileProblem) {
      return try RegularFile.bytes(path, limit: LedgerLimits.noteBytes)
    } catch {
      let code: RunError.Code =
        switch error.code {
        case .missing: .programMissing
        case .tooLarge: .ledger
        case .notRegular, .notText, .unreadable: .configuration
        }
      throw RunError(code, at: path, "\(error.sentence).", remedy: "Name a file that holds \(thing).")
    }
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
