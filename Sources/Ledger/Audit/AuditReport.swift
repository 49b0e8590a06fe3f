/// What an audit looked at and what it found.
package struct AuditReport: Sendable, Hashable {
  package let origin: String
  package let keySource: KeySource
  /// The size and the root that the checked checkpoint signs for; 0 and the empty root where it could not be read.
  package let size: Int
  package let root: TreeHash
  /// Entries that were hashed anew.
  package let entriesChecked: Int
  /// Tiles and bundles that were read.
  package let filesChecked: Int
  /// Entries of the journal that were compared with the tree.
  package let journalEntriesChecked: Int
  /// Durable entries that no checkpoint covers yet: of a run that goes on, or that was killed.
  package let unpublishedEntries: Int
  /// Whether there was a checkpoint outside the ledger to compare with.
  package let isAnchored: Bool
  /// The first thing wrong; `nil` where the ledger verifies.
  package let problem: LedgerProblem?

  package var verifies: Bool { problem == nil }

  /// One sentence for the terminal.
  package var sentence: String {
    if let problem { return "the ledger does not verify: \(problem)" }
    let tail = unpublishedEntries == 0 ? "" : ", \(unpublishedEntries) more not under a checkpoint yet"
    return "ledger verified: \(size) entries\(tail), root \(root), \(keySource.words)"
  }
}
