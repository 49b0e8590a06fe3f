internal import Glibc

extension LedgerHome {
  /// Opens the ledger for appending, or begins one where nothing was ever recorded.
  ///
  /// - Throws: where ledger, key or anchor is missing, or ``TransparencyLog/open(at:key:anchor:durability:)`` refuses; then
  ///   nothing was written.
  package func open(_ durability: Durability) throws(LedgerError) -> (log: TransparencyLog, key: LedgerKey) {
    try open(durability, probe: nil)
  }

  func open(_ durability: Durability, probe: StorageProbe?) throws(LedgerError) -> (
    log: TransparencyLog, key: LedgerKey
  ) {
    switch try condition() {
    case .incomplete(let problem): throw problem.error
    case .keyMissing: throw keyGone
    case .complete:
      let key = try LedgerKey.load(at: keys)
      let log = try TransparencyLog.open(
        at: directory, key: key, anchor: anchor, durability: durability, mayBegin: false, probe: probe)
      return (log, key)
    case .unused: return try begin(durability, probe: probe)
    }
  }

  private func begin(_ durability: Durability, probe: StorageProbe?) throws(LedgerError) -> (
    log: TransparencyLog, key: LedgerKey
  ) {
    let files = try LedgerDirectory(keys, create: true, isLedger: false, probe: probe)
    let lock = try Self.lock(files)
    defer { lock?.unlock() }
    // Somebody else may have begun it meanwhile.
    guard try condition() == .unused else { return try open(durability, probe: probe) }
    try files.removeDrafts()
    let key = try LedgerKey.loadOrCreate(Self.draftName, in: files)
    let log = try TransparencyLog.open(at: directory, key: key, anchor: anchor, durability: durability, probe: probe)
    do throws(LedgerError) {
      try files.rename(Self.draftName, to: LedgerKey.fileName, .disk)
    } catch {
      try? log.close()
      throw error
    }
    return (log, key)
  }

  /// Those who begin a ledger, or set one aside, take turns.
  static func lock(_ files: LedgerDirectory) throws(LedgerError) -> OpenFile? {
    let lock = try files.openFile(".", O_RDONLY | O_DIRECTORY, whenAbsent: nil)
    try lock?.lock()
    return lock
  }
}
