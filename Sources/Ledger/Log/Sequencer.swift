/// Gives entries their places and keeps the tree: everything that is done under the ledger's lock.
///
/// Owned by one thread at a time: by whoever opens the log, then by the writer thread. Other processes may own another
/// one over the same directory; the lock file puts their steps one after the other.
///
/// The order of writes: journal record (an entry is durable here) → bundles → tiles → state record → `checkpoint` →
/// anchor. Whoever dies between two of them leaves a state that the next opening completes from the journal.
final class Sequencer {
  static let lockName = "lock"
  static let checkpointName = "checkpoint"
  static let keyName = "key.pub"

  let directory: LedgerDirectory
  let tiles: TileStore
  let key: LedgerKey
  let anchor: Anchor?
  let durability: Durability
  let lockFile: OpenFile
  /// The state file as last seen, and the newer record in it.
  var stateBytes: [UInt8]
  var state: StateRecord
  /// The checkpoint in ``state``.
  var checkpoint: Checkpoint
  let stateFile: OpenFile
  var journal: Journal
  /// Entries that are in the journal and not yet in the tree, `checkpoint.size ..< journal.nextIndex`.
  var pending: [[UInt8]] = []
  var pendingBytes = 0
  /// The tree's right edge at `checkpoint.size`; `nil` after another process moved it.
  var frontier: Frontier?
  /// Whether the `checkpoint` file or the anchor may be behind the state record.
  var isUnpublished = false
  /// Why the last integration failed.
  var integrationFailure: LedgerError?

  /// Takes over a ledger whose parts have been checked.
  init(_ place: Place, lockFile: OpenFile, stateFile: OpenFile, checked: CheckedLedger) {
    directory = place.directory
    tiles = TileStore(directory: place.directory)
    key = place.key
    anchor = place.anchor
    durability = place.durability
    self.lockFile = lockFile
    self.stateFile = stateFile
    stateBytes = checked.stateBytes
    state = checked.records.newest
    checkpoint = checked.checkpoint
    journal = checked.journal
    pending = checked.pending
    pendingBytes = checked.pending.reduce(0) { $0 + $1.count }
    frontier = checked.frontier
    isUnpublished = checked.isUnpublished
  }

  /// Where a ledger is and how it is kept.
  struct Place {
    let directory: LedgerDirectory
    let key: LedgerKey
    let anchor: Anchor?
    let durability: Durability
    /// Whether a new ledger may be made where none is.
    var mayBegin = true
  }

  /// The number of durable entries that we know of.
  var size: Int { journal.nextIndex }

  /// Makes the entries durable and gives them the next indexes, in order.
  func commit(_ entries: [[UInt8]]) throws(LedgerError) -> Range<Int> {
    try lockFile.lock()
    defer { lockFile.unlock() }
    try catchUp()
    guard pendingBytes <= LedgerLimits.unintegratedBytes else {
      throw LedgerError(
        .storage, place: "tile", "too many entries wait for tiles that cannot be written",
        remedy: "look at the disk that holds the ledger; what was recorded is safe in its journal")
    }
    return try add(entries)
  }

  /// The same where nothing has to be waited for: neither another process nor what it has written since, nor room.
  ///
  /// - Parameter entries: asked once it is sure that they can be written; `nil` where there are none after all.
  /// - Returns: `nil` where something has to be waited for; nothing was written then.
  func commitUnlessBusy(_ entries: () -> [[UInt8]]?) throws(LedgerError) -> Range<Int>? {
    guard try lockFile.tryLock() else { return nil }
    defer { lockFile.unlock() }
    guard pendingBytes <= LedgerLimits.unintegratedBytes, try isUpToDate(), let entries = entries() else { return nil }
    return try add(entries)
  }

  private func isUpToDate() throws(LedgerError) -> Bool {
    guard try journal.isAsWeLeftIt() else { return false }
    return try stateFile.read(at: 0, count: 2 * LedgerLimits.stateSlotBytes) == stateBytes
  }

  /// - Precondition: the lock is held and ``catchUp()`` would find nothing.
  private func add(_ entries: [[UInt8]]) throws(LedgerError) -> Range<Int> {
    let start = journal.nextIndex
    try journal.append(entries, durability)
    hold(entries)
    return start..<journal.nextIndex
  }

  /// Takes note of what other processes have done since.
  ///
  /// - Precondition: the lock is held.
  func catchUp() throws(LedgerError) {
    let bytes = try stateFile.read(at: 0, count: 2 * LedgerLimits.stateSlotBytes)
    guard bytes != stateBytes else { return hold(try journal.readNew()) }
    let newest = try Self.stateRecords(bytes).newest
    let next = try Verified(newest.note, with: key.verifier).value
    guard newest.sequence >= state.sequence, next.size >= checkpoint.size else {
      throw LedgerError(
        .rolledBack, place: StateRecord.fileName,
        "the ledger was rolled back from size \(checkpoint.size) to \(next.size) while it was in use",
        remedy: LedgerRemedy.fork)
    }
    if newest.journalBase != journal.base {
      journal = try Journal(base: newest.journalBase, origin: key.origin, in: directory)
      pending = []
    }
    hold(try journal.readNew())
    guard journal.nextIndex >= next.size else { throw Self.shortJournal(journal, size: next.size) }
    let firstPending = journal.nextIndex - pending.count
    pending.removeFirst(min(pending.count, max(0, next.size - firstPending)))
    adopt(newest, next, bytes)
    frontier = nil
  }

  func adopt(_ record: StateRecord, _ checkpoint: Checkpoint, _ bytes: [UInt8]) {
    state = record
    stateBytes = bytes
    self.checkpoint = checkpoint
    pendingBytes = pending.reduce(0) { $0 + $1.count }
  }

  func hold(_ entries: [[UInt8]]) {
    pending += entries
    pendingBytes += entries.reduce(0) { $0 + $1.count }
  }

  static func stateRecords(_ bytes: [UInt8]) throws(LedgerError) -> StateRecord.Pair {
    guard let pair = StateRecord.Pair(bytes) else {
      throw LedgerError(
        .doesNotVerify, place: StateRecord.fileName, "the state record cannot be read", remedy: LedgerRemedy.fork)
    }
    return pair
  }

  static func shortJournal(_ journal: Journal, size: Int) -> LedgerError {
    LedgerError(
      .truncated, place: journal.file.name,
      "the journal was truncated: it ends before entry \(journal.nextIndex) of \(size)", remedy: LedgerRemedy.fork)
  }
}
