/// Finds entries by what they say. Derived from the ledger, behind it until the next question, and made anew whenever it
/// is missing, damaged or of another ledger.
package final class LedgerIndex {
  package static let fileName = "index.sqlite"

  private let directory: LedgerDirectory
  private let key: VerifierKey
  private let store: IndexStore

  /// Opens the index beside the ledger in `directory`.
  ///
  /// - Parameter key: the ledger's; entries are taken only from what it signed for.
  package init(directory: String, key: VerifierKey) throws(LedgerError) {
    self.directory = try LedgerDirectory(directory, create: false)
    self.key = key
    store = try IndexStore.openOrRemake(at: "\(directory)/\(Self.fileName)")
  }

  /// Takes in what the ledger has published since the last time.
  ///
  /// - Returns: the number of entries in the index.
  @discardableResult
  package func refresh() throws(LedgerError) -> Int {
    guard let note = try directory.contents(of: Sequencer.checkpointName, limit: LedgerLimits.noteBytes) else {
      throw LedgerError(
        .truncated, place: Sequencer.checkpointName, "the file is missing", remedy: LedgerRemedy.verify)
    }
    let signed = try Verified(note, with: key).value
    let tiles = TileStore(directory: directory)
    var done = try beginning(signed, tiles)
    while done < signed.size {
      let next = min(
        signed.size, (done / Tile.fullWidth + 1) * Tile.fullWidth + LedgerLimits.entriesPerIndexTransaction)
      let entries = try Self.entries(done..<next, size: signed.size, tiles)
      try store.add(entries, upTo: next, origin: signed.origin, root: try Self.root(next, signed, tiles))
      done = next
    }
    return done
  }

  /// How far the index is a beginning of this ledger; one of another ledger is emptied.
  private func beginning(_ signed: Checkpoint, _ tiles: TileStore) throws(LedgerError) -> Int {
    guard let mark = try store.mark() else { return 0 }
    if mark.origin == signed.origin, mark.size <= signed.size,
      try Self.root(mark.size, signed, tiles).base64 == mark.root
    {
      return mark.size
    }
    try store.clear()
    return 0
  }

  private static func root(_ size: Int, _ signed: Checkpoint, _ tiles: TileStore) throws(LedgerError) -> TreeHash {
    var tree = tiles.tree(size: signed.size)
    return size == 0 ? Merkle.emptyRoot : try tree.root(of: 0..<size)
  }

  private static func entries(_ range: Range<Int>, size: Int, _ tiles: TileStore) throws(LedgerError) -> [LedgerEntry] {
    var entries: [LedgerEntry] = []
    var bundle = range.lowerBound / Tile.fullWidth
    while bundle * Tile.fullWidth < range.upperBound, let tile = Tile.covering(.entries, index: bundle, size: size) {
      let bytes = try tiles.existing(tile)
      let first = bundle * Tile.fullWidth
      for (position, part) in (EntryBundle.ranges(in: bytes) ?? []).enumerated() where range.contains(first + position)
      {
        entries.append(LedgerEntry(index: first + position, bytes: Array(bytes[part])))
      }
      bundle += 1
    }
    return entries
  }

  /// The entries that match, in the ledger's order, after a refresh. Each is read from the ledger, not from the index.
  package func entries(matching query: LedgerQuery) throws(LedgerError) -> [LedgerEntry] {
    let size = try refresh()
    let tiles = TileStore(directory: directory)
    var entries: [LedgerEntry] = []
    var (openBundle, bytes, ranges): (Int, [UInt8], [Range<Int>]) = (-1, [], [])
    for index in try store.indexes(matching: query) where index < size {
      if index / Tile.fullWidth != openBundle, let tile = Tile.covering(.entries, index: index / 256, size: size) {
        bytes = try tiles.existing(tile)
        ranges = EntryBundle.ranges(in: bytes) ?? []
        openBundle = index / Tile.fullWidth
      }
      guard ranges.indices.contains(index % Tile.fullWidth) else { continue }
      let entry = LedgerEntry(index: index, bytes: Array(bytes[ranges[index % Tile.fullWidth]]))
      if query.matches(entry) { entries.append(entry) }
    }
    return entries
  }
}
