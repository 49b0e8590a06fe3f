internal import Evidence
internal import Ledger

/// Proves the whole ledger again at the end of a run, as its user would.
enum LedgerProof {
  /// Closes the ledger and reads it back. What cannot be proved is told, and costs nothing else.
  ///
  /// - Parameter earlier: why an entry of the run's end could not be written; told before all else.
  static func state(
    _ settings: RunSettings, _ installation: Installation, earlier: RunError?
  ) -> RunRecord.LedgerState {
    var problem = earlier
    do throws(LedgerError) {
      try installation.ledger.close()
    } catch {
      problem = problem ?? RunError(error)
    }
    do throws(LedgerError) {
      let audit = try LedgerAudit(
        directory: settings.state.ledger, key: installation.ledgerKey.verifier, anchor: settings.state.ledgerAnchor)
      let report = try audit.verify()
      let isCutShort = report.verifies && problem != nil
      if !report.verifies { problem = problem ?? failure(report, settings) }
      return RunRecord.LedgerState(
        directory: settings.state.ledger, origin: report.origin, size: report.size,
        entries: installation.ledger.appendedEntries, verified: problem == nil,
        checkpoint: String(decoding: try audit.checkpoint().note, as: UTF8.self), problem: problem,
        isCutShort: isCutShort)
    } catch {
      return RunRecord.LedgerState(
        directory: settings.state.ledger, origin: "", size: 0, entries: 0, verified: false, checkpoint: "",
        problem: problem ?? RunError(error))
    }
  }

  private static func failure(_ report: AuditReport, _ settings: RunSettings) -> RunError {
    RunError(.ledger, at: settings.state.ledger, "\(report.sentence).", remedy: "See: sallyport log verify")
  }
}
