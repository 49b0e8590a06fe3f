internal import Evidence
internal import Ledger

/// Proves the whole ledger again at the end of a run, as its user would.
enum LedgerProof {
  /// - Throws: ``RunError`` with `.ledger` where it cannot be read at all.
  static func state(_ settings: RunSettings, _ installation: Installation) throws(RunError) -> RunRecord.LedgerState {
    do throws(LedgerError) {
      let audit = try LedgerAudit(
        directory: settings.state.ledger, key: installation.ledgerKey.verifier, anchor: settings.state.ledgerAnchor)
      let report = try audit.verify()
      let checkpoint = try audit.checkpoint()
      return RunRecord.LedgerState(
        directory: settings.state.ledger, origin: report.origin, size: report.size,
        entries: installation.ledger.appendedEntries, verified: report.verifies,
        checkpoint: String(decoding: checkpoint.note, as: UTF8.self))
    } catch {
      throw RunError(error)
    }
  }
}
