/// Whether what is stored is what was written: the one examination that openings and audits share, so that no run goes on
/// from what an audit refuses.
///
/// Nothing is written. It ends at the first problem.
struct LedgerExamination {
  let key: VerifierKey
  /// The checkpoint that readers see.
  private(set) var published: Checkpoint?
  /// The last checkpoint that was signed: the published one, or the one after it where a writer died between the two.
  private(set) var signed: Checkpoint?
  /// `nil` for a copy.
  private(set) var records: StateRecord.Pair?
  private(set) var journal: AuditedJournal?
  private(set) var tree: TreeAudit?
  private(set) var journalEntriesCompared = 0
  private(set) var isAnchored = false
  /// Whether the `checkpoint` file and the anchor are the last signed checkpoint.
  private(set) var isCurrent = false
  private(set) var problem: LedgerProblem?

  private let directory: LedgerDirectory
  private let anchor: Anchor?

  /// - Parameters:
  ///   - newest: the entries that are read; of older ones only the tiles from level 1 up.
  ///   - isLocked: whether the caller holds the ledger's lock.
  /// - Throws: only where the system does not let us read.
  init(
    _ directory: LedgerDirectory, key: VerifierKey, anchor: Anchor?, newest: Int = .max, isLocked: Bool = false
  ) throws(LedgerError) {
    (self.directory, self.key, self.anchor) = (directory, key, anchor)
    do throws(LedgerError) {
      problem = try examine(LedgerSnapshot(directory, anchor: anchor, isLocked: isLocked), newest: newest)
    } catch  where error.code == .tooLarge || error.code == .malformed {
      problem = LedgerProblem(.edited, file: error.place, error.sentence)
    }
  }

  private mutating func examine(_ snapshot: LedgerSnapshot, newest: Int) throws(LedgerError) -> LedgerProblem? {
    if let problem = keyProblem(snapshot) { return problem }
    if let problem = readCheckpoint(snapshot) { return problem }
    if let problem = readState(snapshot) { return problem }
    guard let published, let signed else { return nil }
    // The anchor before the tree: an older copy of everything is sound in itself.
    if let problem = try anchorProblem(snapshot, published) { return problem }
    let tiles = TileStore(directory: directory)
    var comparison = JournalComparison(journal)
    let audit = try TreeAudit(
      tiles, size: signed.size, firstBundle: max(0, signed.size - newest) / Tile.fullWidth
    ) { index, entry in comparison.visit(index, entry) }
    tree = audit
    journalEntriesCompared = comparison.compared
    if let problem = audit.problem(signed: signed, journalDifferences: comparison.differences) { return problem }
    if let problem = comparison.problem { return problem }
    if let problem = try beginningProblem(published, of: signed, tiles) { return problem }
    if let note = snapshot.anchor, let problem = try anchor?.problem(note: note, published, key: key, tiles) {
      return problem
    }
    return try snapshot.isCopy ? copyProblem(snapshot, signed) : nil
  }

  private func keyProblem(_ snapshot: LedgerSnapshot) -> LedgerProblem? {
    guard let stored = snapshot.key else {
      if snapshot.isCopy { return nil }
      return LedgerProblem(.truncated, file: Sequencer.keyName, "the ledger's public key is missing")
    }
    guard stored != Array("\(key)\n".utf8) else { return nil }
    return LedgerProblem(
      .keySwapped, file: Sequencer.keyName,
      "the ledger's public key is not \(key.name)+\(key.keyIDText), which is trusted")
  }

  private mutating func readCheckpoint(_ snapshot: LedgerSnapshot) -> LedgerProblem? {
    let file = Sequencer.checkpointName
    guard let note = snapshot.checkpoint else {
      // Where nothing was ever published, its writer died while it began the ledger.
      let first = snapshot.state.flatMap { StateRecord.Pair($0) }
      guard let first, first.newest.sequence == 1, snapshot.anchor == nil else {
        return LedgerProblem(.truncated, file: file, "the file is missing")
      }
      published = Checkpoint(origin: key.name, size: 0, root: Merkle.emptyRoot)
      return nil
    }
    do throws(LedgerError) {
      published = try Verified(note, with: key).value
      isCurrent = true
      return nil
    } catch {
      let isForeign = error.code == .untrusted && error.sentence.hasPrefix("no signature")
      return LedgerProblem(
        isForeign ? .keySwapped : .edited, file: file, "the checkpoint does not verify: \(error.sentence)")
    }
  }

  /// Compares the state record with the published checkpoint and reads the journal that it names.
  private mutating func readState(_ snapshot: LedgerSnapshot) -> LedgerProblem? {
    signed = published
    if snapshot.isCopy { return nil }
    let file = StateRecord.fileName
    guard let bytes = snapshot.state, let published else {
      return LedgerProblem(.truncated, file: file, "the ledger's state record is missing")
    }
    guard let pair = StateRecord.Pair(bytes), !pair.isDamaged else {
      return LedgerProblem(.edited, file: file, "the state record was edited: it does not match its checksum")
    }
    guard let last = try? Verified(pair.newest.note, with: key).value else {
      return LedgerProblem(.edited, file: file, "the state record was edited: its signature fails")
    }
    if last.size < published.size {
      return LedgerProblem(
        .rolledBack, file: file, "the state record was rolled back from size \(published.size) to \(last.size)")
    }
    // A writer that died between the two leaves the checkpoint one behind; the next opening publishes it. Compared is
    // what is signed: others may have added their signatures (C2SP signed-note).
    let before = pair.previous.flatMap { try? Verified($0.note, with: key).value }
    guard published == last || published == before else {
      return LedgerProblem(
        .rolledBack, file: Sequencer.checkpointName,
        "the checkpoint was rolled back from size \(last.size) to \(published.size)")
    }
    (records, signed, isCurrent) = (pair, last, isCurrent && published == last)
    switch AuditedJournal.read(snapshot.journal, pair.newest, last, origin: key.name) {
    case .failure(let problem): return problem
    case .success(let audited): journal = audited
    }
    return nil
  }

  /// Whether the checkpoint is older than the one that was kept outside.
  private mutating func anchorProblem(_ snapshot: LedgerSnapshot, _ published: Checkpoint) throws(LedgerError)
    -> LedgerProblem?
  {
    guard let anchor else { return nil }
    guard let note = snapshot.anchor else {
      isCurrent = false
      // Nobody can have rolled back what is empty.
      return (journal?.end ?? published.size) == 0 ? nil : LedgerHome.anchorGone(anchor.path)
    }
    isAnchored = true
    let kept = try? Verified(note, with: key).value
    if kept != signed { isCurrent = false }
    if let kept, kept.size <= published.size { return nil }
    return try anchor.problem(note: note, published, key: key, TileStore(directory: directory))
  }

  private func beginningProblem(_ published: Checkpoint, of signed: Checkpoint, _ tiles: TileStore)
    throws(LedgerError) -> LedgerProblem?
  {
    guard published != signed, published.size > 0 else { return nil }
    var whole = tiles.tree(size: signed.size)
    guard try whole.root(of: 0..<published.size) != published.root else { return nil }
    return LedgerProblem(
      .edited, file: Sequencer.checkpointName,
      "the ledger's first \(published.size) entries are not those of the published checkpoint")
  }

  private func copyProblem(_ snapshot: LedgerSnapshot, _ signed: Checkpoint) throws(LedgerError) -> LedgerProblem? {
    if let policy = snapshot.policy, let problem = LedgerExport.problem(policy: policy, key) { return problem }
    return try TileInventory(directory, size: signed.size).problem()
  }
}
