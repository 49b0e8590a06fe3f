internal import Glibc

/// Where one installation's ledger lives: its directory, the key that signs it, and the anchor outside of it.
///
/// They belong together. Two of them without the third are no reason to begin anew: one key would sign two histories, or
/// an older ledger would stand in the place of the newest. The user decides, by ``LedgerRecovery``.
///
/// The key gets its name when everything else of a new ledger is there; so a key that is there has a ledger, and
/// whoever dies while it begins one leaves nothing that anybody could have relied on.
package struct LedgerHome: Sendable {
  package let directory: String
  package let keys: String
  package let anchor: String

  /// The key of a ledger that is being begun.
  static let draftName = "\(LedgerKey.fileName).new"

  package init(directory: String, keys: String, anchor: String) {
    (self.directory, self.keys, self.anchor) = (directory, keys, anchor)
  }

  /// What any ledger's directory has some of.
  package static let files = [Sequencer.checkpointName, Sequencer.keyName, "tile"]

  /// What of the three is there.
  package enum Condition: Sendable, Hashable {
    /// Nothing was ever recorded here.
    case unused
    case complete
    /// The ledger can be read and verified; nothing can be appended.
    case keyMissing
    /// The ledger or its anchor is gone.
    case incomplete(LedgerProblem)
  }

  package func condition() throws(LedgerError) -> Condition {
    let hasKey = Self.exists("\(keys)/\(LedgerKey.fileName)")
    let ledger = try ledgerFiles()
    let hasLedger = try ledger.map { files throws(LedgerError) in try !Sequencer.isUntouched(files) } ?? false
    let kept = try Anchor(path: anchor).read()
    if !hasKey, try isBeginning(ledger, kept) { return .unused }
    guard hasLedger else {
      return hasKey || kept != nil ? .incomplete(Self.ledgerGone(directory)) : .unused
    }
    guard kept != nil else { return .incomplete(Self.anchorGone(anchor)) }
    return hasKey ? .complete : .keyMissing
  }

  static func ledgerGone(_ directory: String) -> LedgerProblem {
    LedgerProblem(
      .truncated, file: directory,
      "the ledger is gone, and its key or its anchor says that there was one: a new one must not be signed by the same key",
      remedy: LedgerRemedy.missing)
  }

  static func anchorGone(_ file: String) -> LedgerProblem {
    LedgerProblem(
      .truncated, file: file,
      "the ledger's anchor is gone, so nothing outside the ledger says that this is its newest state",
      remedy: LedgerRemedy.missing)
  }

  /// Why nothing can be appended where the condition is ``Condition/keyMissing``.
  package var keyGone: LedgerError {
    LedgerError(
      .keyMissing, place: "\(keys)/\(LedgerKey.fileName)",
      "the ledger's signing key is gone: the ledger can still be verified, but nothing can be appended to it",
      remedy: LedgerRemedy.missing)
  }

  private func ledgerFiles() throws(LedgerError) -> LedgerDirectory? {
    do throws(LedgerError) {
      return try LedgerDirectory(directory, create: false)
    } catch  where error.code == .notFound {
      return nil
    }
  }

  /// Whether somebody died who began a ledger: a draft of a key, and at most the empty ledger that it signed.
  private func isBeginning(_ ledger: LedgerDirectory?, _ kept: [UInt8]?) throws(LedgerError) -> Bool {
    guard Self.exists("\(keys)/\(Self.draftName)") else { return false }
    if let kept, Self.unverifiedSize(kept) != 0 { return false }
    guard let ledger, try !Sequencer.isUntouched(ledger) else { return true }
    let state = try ledger.contents(of: StateRecord.fileName, limit: LedgerLimits.noteBytes)
    let journal = try ledger.contents(of: Journal.name(base: 0), limit: LedgerLimits.readableJournalBytes)
    return state.flatMap { StateRecord.Pair($0) }?.newest.sequence == 1 && journal?.isEmpty == true
  }

  private static func unverifiedSize(_ note: [UInt8]) -> Int? {
    guard let signed = try? SignedNote(note) else { return nil }
    return (try? Checkpoint(signed.text))?.size
  }

  static func exists(_ path: String) -> Bool { faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0 }
}
