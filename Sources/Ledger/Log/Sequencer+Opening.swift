internal import Glibc

extension Sequencer {
  /// Opens a ledger, or makes one where nothing is and one may begin, and brings it up to date.
  static func open(_ place: Place) throws(LedgerError) -> Sequencer {
    let directory = place.directory
    guard let lockFile = try directory.openFile(lockName, O_RDWR | O_NOFOLLOW, whenAbsent: 0o600) else {
      throw LedgerError(.storage, place: lockName, "the lock file came and went", remedy: "try again")
    }
    try lockFile.lock()
    defer { lockFile.unlock() }
    if try isUntouched(directory) {
      guard place.mayBegin else { throw LedgerHome.ledgerGone(directory.path).error }
      try create(place)
    }
    guard let stateFile = try directory.openFile(StateRecord.fileName, O_RDWR | O_NOFOLLOW, whenAbsent: nil) else {
      throw LedgerError(
        .truncated, place: StateRecord.fileName, "the ledger's state record is missing", remedy: LedgerRemedy.fork)
    }
    let checked = try CheckedLedger(place, stateFile: stateFile)
    // From here on it is ours to write to.
    try directory.removeDirectory(LedgerDirectory.temporaryName)
    let sequencer = Sequencer(place, lockFile: lockFile, stateFile: stateFile, checked: checked)
    try sequencer.tiles.removeBeyond(size: checked.checkpoint.size)
    try sequencer.integrateLocked()
    return sequencer
  }

  /// Whether nothing was ever recorded here: at most what an opening that died has left.
  static func isUntouched(_ directory: LedgerDirectory) throws(LedgerError) -> Bool {
    if directory.exists(StateRecord.fileName) || directory.exists(checkpointName) || directory.exists("tile") {
      return false
    }
    for name in try directory.names(in: Journal.directoryName) {
      let file = try directory.openFile("\(Journal.directoryName)/\(name)", O_RDONLY | O_NOFOLLOW, whenAbsent: nil)
      if let file, try file.status().size > 0 { return false }
    }
    return true
  }

  private static func create(_ place: Place) throws(LedgerError) {
    let (directory, durability) = (place.directory, place.durability)
    if let kept = try place.anchor?.read() {
      let empty = Checkpoint(origin: place.key.origin, size: 0, root: Merkle.emptyRoot)
      let problem = try place.anchor?.problem(
        note: kept, empty, key: place.key.verifier, TileStore(directory: directory))
      if let problem { throw problem.error }
    }
    try directory.replace(keyName, Array("\(place.key.verifier)\n".utf8), durability, mode: 0o644)
    try directory.replace(Journal.name(base: 0), [], durability)
    let empty = Checkpoint(origin: place.key.origin, size: 0, root: Merkle.emptyRoot)
    let record = StateRecord(sequence: 1, journalBase: 0, note: try place.key.sign(empty))
    // Slot 0 stays empty until the second record.
    let blank = [UInt8](repeating: 0, count: LedgerLimits.stateSlotBytes)
    try directory.replace(StateRecord.fileName, blank + record.slot, durability)
  }
}
