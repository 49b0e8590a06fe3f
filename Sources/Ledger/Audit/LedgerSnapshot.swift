internal import Glibc

/// What of a ledger changes while it is written, read in one go under its lock, so that an audit may run beside a run.
struct LedgerSnapshot {
  let checkpoint: [UInt8]?
  let key: [UInt8]?
  let state: [UInt8]?
  let anchor: [UInt8]?
  /// The journal that the state record names.
  let journal: [UInt8]?
  let policy: [UInt8]?
  /// A copy for auditors, or any other tlog-tiles log: nothing but what is published.
  let isCopy: Bool

  /// - Parameter isLocked: whether the caller holds the ledger's lock.
  init(_ directory: LedgerDirectory, anchor: Anchor?, isLocked: Bool = false) throws(LedgerError) {
    // A copy has no lock file, and nobody writes it.
    let lock =
      isLocked ? nil : try directory.openFile(Sequencer.lockName, O_RDONLY | O_NOFOLLOW, whenAbsent: nil)
    try lock?.lock()
    defer { lock?.unlock() }
    checkpoint = try directory.contents(of: Sequencer.checkpointName, limit: LedgerLimits.noteBytes)
    key = try directory.contents(of: Sequencer.keyName, limit: LedgerLimits.keyFileBytes)
    let state = try directory.contents(of: StateRecord.fileName, limit: LedgerLimits.noteBytes)
    self.state = state
    self.anchor = try anchor?.read()
    journal = try state.flatMap { StateRecord.Pair($0) }.flatMap { pair throws(LedgerError) in
      try directory.contents(
        of: Journal.name(base: pair.newest.journalBase), limit: LedgerLimits.readableJournalBytes)
    }
    isCopy = anchor == nil && Self.isCopy(directory)
    policy = try isCopy ? directory.contents(of: LedgerExport.policyName, limit: LedgerLimits.noteBytes) : nil
  }

  /// Whether nothing of a writer's own is there: neither state record nor journal nor lock.
  static func isCopy(_ directory: LedgerDirectory) -> Bool {
    ![StateRecord.fileName, Journal.directoryName, Sequencer.lockName].contains { directory.exists($0) }
  }
}
