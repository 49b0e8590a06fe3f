/// Every bound of this room, in one place.
package enum LedgerLimits {
  /// Bytes of one entry: what the 16-bit length of a C2SP entry bundle can say.
  package static let entryBytes = 65_535
  /// Entries of one call of `append`: they share one journal record, so they become durable together or not at all.
  package static let entriesPerAppend = 4_096
  /// Bytes of one call of `append`.
  package static let bytesPerAppend = 8 << 20

  /// Entries that wait for the writer; past it an append fails at once instead of using up the memory.
  package static let queuedEntries = 65_536
  /// Bytes that wait for the writer.
  package static let queuedBytes = 64 << 20
  /// Entries that the writer takes for one group commit, so that the first of a long queue is not kept waiting.
  package static let entriesPerCommit = 4_096
  /// Bytes that the writer takes for one group commit.
  package static let bytesPerCommit = 4 << 20
  /// Bytes of entries that are durable in the journal but not in the tree yet; past it (the disk takes journal
  /// records but no tiles) appends fail, because they would have to be kept in memory.
  package static let unintegratedBytes = 128 << 20

  /// Milliseconds after which a durable entry is in the tree and under a checkpoint, at the latest.
  static let integrationNanoseconds: UInt64 = 250_000_000
  /// Entries after which the tree is brought up to date without waiting, and their bytes, which are kept in memory until
  /// then: four full tiles, so that the unfinished ones, the checkpoint and the anchor are written once for them all.
  package static let integrationEntries = 1_024
  static let integrationBytes = 1 << 20
  /// Before an integration that failed is tried again.
  static let integrationRetryNanoseconds: UInt64 = 1_000_000_000

  /// What is written on its caller's thread at most: what one event of a run gives.
  static let entriesAtOnce = 16
  static let bytesAtOnce = 64 << 10
  /// What writing an entry into the system's memory takes at most where all is well (some 10 µs), and how long callers
  /// leave it to the writer's thread where it took longer: a slow disk keeps none of them waiting twice in a row.
  static let slowCommitNanoseconds: UInt64 = 5_000_000
  static let slowDiskNanoseconds: UInt64 = 1_000_000_000

  /// Bytes after which a journal whose entries are all in the tree is replaced by an empty one; it is read whole at
  /// every opening, so it stays small.
  package static let journalBytes = 2 << 20
  /// Bytes of a journal that are read at most: the rotation's bound, one commit and what could not be integrated.
  package static let readableJournalBytes = 512 << 20
  /// Bytes of one slot of the state record.
  static let stateSlotBytes = 2_048
  /// Bytes of an unfinished entry bundle past which its shorter predecessors are removed: a bundle of very large
  /// entries would otherwise lie on the disk up to 255 times.
  static let retainedPartialBytes = 256 << 10

  /// The newest entries whose bytes are hashed anew at every opening; the older ones are covered by their tiles' roots
  /// and read by `LedgerAudit`. Takes about 50 ms.
  package static let entriesCheckedAtOpening = 65_536

  /// Bytes of a signed note, as in common verifiers.
  package static let noteBytes = 1 << 20
  /// Signatures of one note (C2SP signed-note asks for at least 16).
  package static let noteSignatures = 100
  /// Hashes of one proof: a tree of 2^63 entries is 63 levels deep.
  package static let proofHashes = 64
  /// Bytes of a key name; the state record must hold a checkpoint.
  package static let keyNameBytes = 255
  /// Bytes of a key file.
  static let keyFileBytes = 4_096
  /// Rows that one query returns at most.
  package static let queryRows = 100_000
  /// Milliseconds that a query waits for another process that is writing the index.
  static let indexBusyMilliseconds = 5_000
  /// Entries that are put into the index by one transaction.
  static let entriesPerIndexTransaction = 8_192
}
