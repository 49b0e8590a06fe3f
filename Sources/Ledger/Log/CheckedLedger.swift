/// A stored ledger that was found sound: what an opening needs to go on from it.
///
/// - Precondition: the ledger's lock is held while it is made and until it is handed over.
struct CheckedLedger {
  let stateBytes: [UInt8]
  let records: StateRecord.Pair
  let checkpoint: Checkpoint
  let journal: Journal
  /// What the journal holds beyond the tree.
  let pending: [[UInt8]]
  let frontier: Frontier
  let isUnpublished: Bool

  init(_ place: Sequencer.Place, stateFile: OpenFile) throws(LedgerError) {
    let found = try LedgerExamination(
      place.directory, key: place.key.verifier, anchor: place.anchor, newest: LedgerLimits.entriesCheckedAtOpening,
      isLocked: true)
    if let problem = found.problem { throw problem.error }
    guard let records = found.records, let signed = found.signed, let tree = found.tree else {
      throw LedgerError(
        .truncated, place: StateRecord.fileName, "the ledger's state record is missing", remedy: LedgerRemedy.fork)
    }
    stateBytes = try stateFile.read(at: 0, count: 2 * LedgerLimits.stateSlotBytes)
    (self.records, checkpoint, frontier, isUnpublished) = (records, signed, tree.frontier, !found.isCurrent)
    var journal = try Journal(base: records.newest.journalBase, origin: place.key.origin, in: place.directory)
    let entries = try journal.readNew()
    guard journal.base <= signed.size, journal.nextIndex >= signed.size else {
      throw Sequencer.shortJournal(journal, size: signed.size)
    }
    self.journal = journal
    pending = Array(entries.dropFirst(signed.size - journal.base))
  }
}
