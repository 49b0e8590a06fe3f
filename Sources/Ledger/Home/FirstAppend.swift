internal import Synchronization

/// What became of the one append that ``LedgerRecovery`` makes; written by the writer thread, read after it ended.
final class FirstAppend: Sendable {
  private let outcome = Mutex<Result<Range<Int>, LedgerError>?>(nil)

  func store(_ result: Result<Range<Int>, LedgerError>) {
    outcome.withLock { $0 = result }
  }

  var result: Result<Range<Int>, LedgerError> {
    outcome.withLock { $0 }
      ?? .failure(LedgerError(.closed, place: "ledger", "the ledger closed before its first entry was written"))
  }
}
