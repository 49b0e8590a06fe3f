extension LedgerAudit {
  /// Checks everything: the signature, every entry, every tile, the root, the journal, the state record, the anchor.
  ///
  /// - Throws: only where the system does not let us read; whatever is wrong with the ledger is in the report.
  package func verify() throws(LedgerError) -> AuditReport {
    var attempts = 3
    while true {
      let before = try directory.contents(of: StateRecord.fileName, limit: LedgerLimits.noteBytes)
      let report = report(try LedgerExamination(directory, key: key, anchor: anchor))
      attempts -= 1
      if report.verifies || attempts == 0 { return report }
      // A writer that went on meanwhile may have removed a file that we were about to read.
      if try directory.contents(of: StateRecord.fileName, limit: LedgerLimits.noteBytes) == before { return report }
    }
  }

  private func report(_ found: LedgerExamination) -> AuditReport {
    let size = found.published?.size ?? 0
    return AuditReport(
      origin: key.name, keySource: keySource, size: size, root: found.published?.root ?? Merkle.emptyRoot,
      entriesChecked: found.tree?.entriesChecked ?? 0, filesChecked: found.tree?.filesChecked ?? 0,
      journalEntriesChecked: found.journalEntriesCompared,
      unpublishedEntries: found.journal.map { max(0, $0.end - size) } ?? 0, isAnchored: found.isAnchored,
      problem: found.problem)
  }
}

extension LedgerProblem: Error {}
