extension Sequencer {
  /// Puts every durable entry into the tree, signs for it and publishes the checkpoint.
  ///
  /// On an error the entries stay durable in the journal, and the next call tries again.
  func integrate() throws(LedgerError) {
    do throws(LedgerError) {
      try lockFile.lock()
      defer { lockFile.unlock() }
      try catchUp()
      try integrateLocked()
      integrationFailure = nil
    } catch {
      integrationFailure = error
      throw error
    }
  }

  /// - Precondition: the lock is held and ``catchUp()`` was called under it.
  func integrateLocked() throws(LedgerError) {
    if !pending.isEmpty {
      let old = checkpoint.size
      let completed = try extendTree()
      try publish()
      try removeSuperseded(by: completed, since: old)
    } else if isUnpublished {
      try publish()
    }
  }

  /// - Returns: the tiles that became full.
  private func extendTree() throws(LedgerError) -> [Tile] {
    var next = try currentFrontier()
    var completed: [TileContents] = []
    for entry in pending { next.append(entry, leaf: .leaf(entry), completing: &completed) }
    for contents in completed + next.partials { try tiles.create(contents, durability) }
    let larger = Checkpoint(origin: key.origin, size: next.size, root: next.root)
    let base = journal.isLong ? next.size : journal.base
    let following = base == journal.base ? nil : try startJournal(base: base)
    let record = StateRecord(sequence: state.sequence + 1, journalBase: base, note: try key.sign(larger))
    try stateFile.write(record.slot, at: record.offset)
    if durability == .disk { try stateFile.sync() }
    // From here on the log has this size, whatever fails behind.
    if let following { journal = following }
    pending = []
    frontier = next
    adopt(record, larger, try stateFile.read(at: 0, count: 2 * LedgerLimits.stateSlotBytes))
    isUnpublished = true
    return completed.map(\.tile)
  }

  private func currentFrontier() throws(LedgerError) -> Frontier {
    if let frontier { return frontier }
    let stored = try tiles.frontier(size: checkpoint.size)
    guard stored.root == checkpoint.root else {
      throw LedgerError(
        .doesNotVerify, place: "tile", "the tiles do not add up to the root that was signed at size \(checkpoint.size)",
        remedy: LedgerRemedy.fork)
    }
    return stored
  }

  /// Makes an empty journal; the state record decides when it is the one in use.
  func startJournal(base: Int) throws(LedgerError) -> Journal {
    try directory.replace(Journal.name(base: base), [], durability)
    return try Journal(base: base, origin: key.origin, in: directory)
  }

  /// Shows the state record's checkpoint to readers, then keeps it outside the directory too.
  func publish() throws(LedgerError) {
    isUnpublished = true
    try directory.replace(Self.checkpointName, state.note, durability, mode: 0o644)
    try anchor?.write(state.note, durability)
    isUnpublished = false
  }

  private func removeSuperseded(by completed: [Tile], since old: Int) throws(LedgerError) {
    for tile in completed { try tiles.removePartials(of: tile) }
    if let bundle = frontier?.bundle, bundle.count > LedgerLimits.retainedPartialBytes,
      old / Tile.fullWidth == checkpoint.size / Tile.fullWidth,
      let shorter = Tile.covering(.entries, index: old / Tile.fullWidth, size: old)
    {
      try directory.remove(shorter.path)
    }
    for name in try directory.names(in: Journal.directoryName) {
      let path = "\(Journal.directoryName)/\(name)"
      if path != journal.file.name { try directory.remove(path) }
    }
  }
}
