internal import Glibc

extension LedgerError {
  /// What a system call's failure means for the ledger.
  static func system(_ action: String, _ place: String, errno number: Int32) -> LedgerError {
    let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
    let sentence = "cannot \(action) it: \(reason)"
    return switch number {
    case ENOSPC, EDQUOT, EFBIG:
      LedgerError(.diskFull, place: place, sentence, remedy: LedgerRemedy.space)
    case EROFS:
      LedgerError(
        .readOnly, place: place, sentence, remedy: "mount the file system writable, or name another ledger directory")
    case EACCES, EPERM:
      LedgerError(
        .noPermission, place: place, sentence, remedy: "give the ledger's directory back to the user who runs this")
    case ENOENT: LedgerError(.notFound, place: place, sentence)
    default: LedgerError(.storage, place: place, sentence, remedy: "check the disk that holds the ledger")
    }
  }
}
