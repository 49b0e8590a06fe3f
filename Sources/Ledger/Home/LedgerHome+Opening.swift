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
    case .complete: return try goOn(durability, probe: probe)
    case .unused:
      let files = try LedgerDirectory(keys, create: true, isLedger: false, probe: probe)
      let lock = try Self.lock(files)
      defer { lock?.unlock() }
      return try openAlone(durability, files, probe: probe)
    case .keyMissing, .incomplete:
      // Somebody may be beginning it, or setting it aside, at this moment.
      guard Self.exists(keys) else { throw try refusal() }
      let files = try LedgerDirectory(keys, create: false, isLedger: false, probe: probe)
      let lock = try Self.lock(files)
      defer { lock?.unlock() }
      return try openAlone(durability, files, probe: probe)
    }
  }

  /// - Precondition: the lock on the keys is held, so that what is there stays as it is.
  private func openAlone(_ durability: Durability, _ files: LedgerDirectory, probe: StorageProbe?) throws(LedgerError)
    -> (log: TransparencyLog, key: LedgerKey)
  {
    switch try condition() {
    case .complete: try goOn(durability, probe: probe)
    case .unused: try begin(durability, files, probe: probe)
    case .keyMissing, .incomplete: throw try refusal()
    }
  }

  private func goOn(_ durability: Durability, probe: StorageProbe?) throws(LedgerError) -> (
    log: TransparencyLog, key: LedgerKey
  ) {
    let key = try LedgerKey.load(at: keys)
    let log = try TransparencyLog.open(
      at: directory, key: key, anchor: anchor, durability: durability, mayBegin: false, probe: probe)
    return (log, key)
  }

  private func refusal() throws(LedgerError) -> LedgerError {
    if case .incomplete(let problem) = try condition() { return problem.error }
    return keyGone
  }

  private func begin(_ durability: Durability, _ files: LedgerDirectory, probe: StorageProbe?) throws(LedgerError) -> (
    log: TransparencyLog, key: LedgerKey
  ) {
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
