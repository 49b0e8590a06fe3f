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
    try Self.checkKey(place)
    stateBytes = try stateFile.read(at: 0, count: 2 * LedgerLimits.stateSlotBytes)
    records = try Sequencer.stateRecords(stateBytes)
    let verified = try Self.verified(records.newest.note, StateRecord.fileName, place.key)
    checkpoint = verified.value
    let isCurrent = try Self.checkPublished(records, checkpoint, place)
    let isAnchored = try Self.checkAnchor(checkpoint, place)
    isUnpublished = !isCurrent || !isAnchored
    (journal, pending) = try Self.readJournal(records.newest, checkpoint, place)
    frontier = try Self.checkTree(checkpoint, place)
  }

  private static func checkKey(_ place: Sequencer.Place) throws(LedgerError) {
    let expected = Array("\(place.key.verifier)\n".utf8)
    guard let stored = try place.directory.contents(of: Sequencer.keyName, limit: LedgerLimits.keyFileBytes) else {
      return try place.directory.replace(Sequencer.keyName, expected, place.durability, mode: 0o644)
    }
    guard stored == expected else {
      throw LedgerProblem(
        .keySwapped, file: Sequencer.keyName, "the ledger was written with another key than \(place.key.verifier)"
      ).error
    }
  }

  private static func verified(_ note: [UInt8], _ file: String, _ key: LedgerKey) throws(LedgerError) -> Verified<
    Checkpoint
  > {
    do throws(LedgerError) {
      return try Verified(note, with: key.verifier)
    } catch {
      throw LedgerError(.doesNotVerify, place: file, error.sentence, remedy: LedgerRemedy.fork)
    }
  }

  /// - Returns: whether the `checkpoint` file is the state record's; the one before it is fine too, its writer died
  ///   between the two.
  private static func checkPublished(_ records: StateRecord.Pair, _ signed: Checkpoint, _ place: Sequencer.Place)
    throws(LedgerError) -> Bool
  {
    let file = Sequencer.checkpointName
    guard let note = try place.directory.contents(of: file, limit: LedgerLimits.noteBytes) else { return false }
    if note == records.newest.note { return true }
    if note == records.previous?.note { return false }
    let published = try verified(note, file, place.key).value
    if published.size > signed.size {
      throw LedgerProblem(
        .rolledBack, file: StateRecord.fileName,
        "the state record was rolled back from size \(published.size) to \(signed.size)"
      ).error
    }
    throw LedgerProblem(
      .rolledBack, file: file, "the checkpoint was rolled back from size \(signed.size) to \(published.size)"
    ).error
  }

  /// - Returns: whether the anchor is up to date.
  private static func checkAnchor(_ signed: Checkpoint, _ place: Sequencer.Place) throws(LedgerError) -> Bool {
    guard let anchor = place.anchor else { return true }
    guard let note = try anchor.read() else { return false }
    let problem = try anchor.problem(note: note, signed, key: place.key.verifier, TileStore(directory: place.directory))
    if let problem { throw problem.error }
    return try Verified(note, with: place.key.verifier).value == signed
  }

  private static func readJournal(_ record: StateRecord, _ signed: Checkpoint, _ place: Sequencer.Place)
    throws(LedgerError) -> (Journal, [[UInt8]])
  {
    var journal = try Journal(base: record.journalBase, origin: place.key.origin, in: place.directory)
    let entries = try journal.readNew()
    guard journal.base <= signed.size, journal.nextIndex >= signed.size else {
      throw Sequencer.shortJournal(journal, size: signed.size)
    }
    return (journal, Array(entries.dropFirst(signed.size - journal.base)))
  }

  private static func checkTree(_ signed: Checkpoint, _ place: Sequencer.Place) throws(LedgerError) -> Frontier {
    let firstBundle = max(0, signed.size - LedgerLimits.entriesCheckedAtOpening) / Tile.fullWidth
    let audit = try TreeAudit(
      TileStore(directory: place.directory), size: signed.size, firstBundle: firstBundle, checksOlderPartials: false)
    if let problem = audit.problem(signed: signed) { throw problem.error }
    return audit.frontier
  }
}
