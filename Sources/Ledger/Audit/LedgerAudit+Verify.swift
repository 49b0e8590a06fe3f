extension LedgerAudit {
  /// Checks everything: the signature, every entry, every tile, the root, the journal, the state record, the anchor.
  ///
  /// - Throws: only where the system does not let us read; whatever is wrong with the ledger is in the report.
  package func verify() throws(LedgerError) -> AuditReport {
    var attempts = 3
    while true {
      let before = try directory.contents(of: StateRecord.fileName, limit: LedgerLimits.noteBytes)
      let report = try verifyOnce()
      attempts -= 1
      if report.verifies || attempts == 0 { return report }
      // A writer that went on meanwhile may have removed a file that we were about to read.
      if try directory.contents(of: StateRecord.fileName, limit: LedgerLimits.noteBytes) == before { return report }
    }
  }

  private func verifyOnce() throws(LedgerError) -> AuditReport {
    var findings = Findings(key: key)
    do throws(LedgerError) {
      try check(&findings)
    } catch  where error.code == .tooLarge {
      findings.problem = LedgerProblem(.edited, file: error.place, error.sentence)
    }
    return findings.report
  }

  /// What is known so far; ends at the first problem.
  private struct Findings {
    let key: VerifierKey
    var signed: Checkpoint?
    var tree: TreeAudit?
    var journalEntries = 0
    var unpublished = 0
    var isAnchored = false
    var problem: LedgerProblem?

    var report: AuditReport {
      AuditReport(
        origin: key.name, size: signed?.size ?? 0, root: signed?.root ?? Merkle.emptyRoot,
        entriesChecked: tree?.entriesChecked ?? 0, filesChecked: tree?.filesChecked ?? 0,
        journalEntriesChecked: journalEntries, unpublishedEntries: unpublished, isAnchored: isAnchored,
        problem: problem)
    }
  }

  private func check(_ findings: inout Findings) throws(LedgerError) {
    let snapshot = try LedgerSnapshot(directory, anchor: anchor)
    if let problem = keyProblem(snapshot) { return findings.problem = problem }
    let published: Checkpoint
    switch readCheckpoint(snapshot) {
    case .failure(let problem): return findings.problem = problem
    case .success(let checkpoint): published = checkpoint
    }
    findings.signed = published
    let journal: AuditedJournal?
    switch readState(snapshot, published) {
    case .failure(let problem): return findings.problem = problem
    case .success(let audited): journal = audited
    }
    // The anchor first: an older copy of everything is sound in itself.
    let tiles = TileStore(directory: directory)
    if let note = snapshot.anchor {
      findings.isAnchored = true
      let kept = try? Verified(note, with: key).value
      if kept.map({ $0.size > published.size }) ?? true {
        findings.problem = try anchor?.problem(note: note, published, key: key, tiles)
        if findings.problem != nil { return }
      }
    }
    var comparison = JournalComparison(journal)
    let tree = try TreeAudit(tiles, size: published.size, checksOlderPartials: true) { index, entry in
      comparison.visit(index, entry)
    }
    findings.tree = tree
    findings.journalEntries = comparison.compared
    findings.problem = tree.problem(signed: published, journalDifferences: comparison.differences)
    if findings.problem == nil { findings.problem = comparison.problem }
    if findings.problem == nil, let note = snapshot.anchor {
      findings.problem = try anchor?.problem(note: note, published, key: key, tiles)
    }
    findings.unpublished = journal.map { max(0, $0.end - published.size) } ?? 0
  }

  private func keyProblem(_ snapshot: LedgerSnapshot) -> LedgerProblem? {
    guard let stored = snapshot.key else {
      return LedgerProblem(.truncated, file: Sequencer.keyName, "the ledger's public key is missing")
    }
    guard stored != Array("\(key)\n".utf8) else { return nil }
    return LedgerProblem(
      .keySwapped, file: Sequencer.keyName,
      "the ledger's public key is not \(key.name)+\(key.keyIDText), which is trusted")
  }

  private func readCheckpoint(_ snapshot: LedgerSnapshot) -> Result<Checkpoint, LedgerProblem> {
    let file = Sequencer.checkpointName
    guard let note = snapshot.checkpoint else {
      return .failure(LedgerProblem(.truncated, file: file, "the file is missing"))
    }
    do throws(LedgerError) {
      return .success(try Verified(note, with: key).value)
    } catch {
      let isForeign = error.code == .untrusted && error.sentence.hasPrefix("no signature")
      return .failure(
        LedgerProblem(
          isForeign ? .keySwapped : .edited, file: file, "the checkpoint does not verify: \(error.sentence)"))
    }
  }

  /// Compares the state record with the published checkpoint and reads the journal that it names.
  ///
  /// - Returns: `nil` for an exported copy, which has neither.
  private func readState(_ snapshot: LedgerSnapshot, _ published: Checkpoint) -> Result<AuditedJournal?, LedgerProblem>
  {
    if snapshot.isExport { return .success(nil) }
    let file = StateRecord.fileName
    guard let bytes = snapshot.state else {
      return .failure(LedgerProblem(.truncated, file: file, "the ledger's state record is missing"))
    }
    guard let pair = StateRecord.Pair(bytes), !pair.isDamaged else {
      return .failure(LedgerProblem(.edited, file: file, "the state record was edited: it does not match its checksum"))
    }
    guard let signed = try? Verified(pair.newest.note, with: key).value else {
      return .failure(LedgerProblem(.edited, file: file, "the state record was edited: its signature fails"))
    }
    if signed.size < published.size {
      return .failure(
        LedgerProblem(
          .rolledBack, file: file, "the state record was rolled back from size \(published.size) to \(signed.size)"))
    }
    // A writer that died between the two leaves the checkpoint one behind; the next opening publishes it.
    let isInterrupted = snapshot.checkpoint == pair.previous?.note
    guard snapshot.checkpoint == pair.newest.note || isInterrupted else {
      return .failure(
        LedgerProblem(
          .rolledBack, file: Sequencer.checkpointName,
          "the checkpoint was rolled back from size \(signed.size) to \(published.size)"))
    }
    return AuditedJournal.read(snapshot.journal, pair.newest, signed, origin: key.name).map { $0 }
  }
}

extension LedgerProblem: Error {}
