internal import Glibc

/// What of a ledger changes while it is written, read in one go under its lock, so that an audit may run beside a run.
struct LedgerSnapshot {
  let checkpoint: [UInt8]?
  let key: [UInt8]?
  let state: [UInt8]?
  let anchor: [UInt8]?
  /// The journal that the state record names.
  let journal: [UInt8]?
  /// A copy that was exported for auditors: it has a policy file and no journal.
  let isExport: Bool

  init(_ directory: LedgerDirectory, anchor: Anchor?) throws(LedgerError) {
    // An exported copy has no lock file, and nobody writes it.
    let lock = try directory.openFile(Sequencer.lockName, O_RDONLY | O_NOFOLLOW, whenAbsent: nil)
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
    isExport = state == nil && lock == nil && directory.exists(LedgerExport.policyName)
  }
}
