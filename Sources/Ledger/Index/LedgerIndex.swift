/// Finds entries by what they say. Derived from the ledger, behind it until the next question, and made anew whenever it
/// is missing, damaged or of another ledger.
///
/// It only says where to look: what is returned is read from the ledger and held against its signed root.
package final class LedgerIndex {
  package static let fileName = "index.sqlite"

  private let store: IndexStore

  /// Opens the index beside the ledger in `directory`.
  package init(directory: String) throws(LedgerError) {
    store = try IndexStore.openOrRemake(at: "\(directory)/\(Self.fileName)")
  }

  /// Takes in what the ledger has published since the last time.
  private func refresh(_ tiles: inout CheckedTiles) throws(LedgerError) {
    let signed = tiles.signed
    var done = try beginning(tiles)
    while done < signed.size {
      let next = min(
        signed.size, (done / Tile.fullWidth + 1) * Tile.fullWidth + LedgerLimits.entriesPerIndexTransaction)
      var entries: [LedgerEntry] = []
      for bundle in done / Tile.fullWidth..<(next + Tile.fullWidth - 1) / Tile.fullWidth {
        entries += try tiles.entries(bundle: bundle).filter { (done..<next).contains($0.index) }
      }
      try store.add(entries, upTo: next, origin: signed.origin, root: try tiles.root(size: next))
      done = next
    }
  }

  /// How far the index is a beginning of this ledger; one of another ledger is emptied.
  private func beginning(_ tiles: CheckedTiles) throws(LedgerError) -> Int {
    guard let mark = try store.mark() else { return 0 }
    if mark.origin == tiles.signed.origin, (0...tiles.signed.size).contains(mark.size),
      try tiles.root(size: mark.size).base64 == mark.root
    {
      return mark.size
    }
    try store.clear()
    return 0
  }

  /// The entries that match, in the ledger's order, after a refresh.
  func entries(matching query: LedgerQuery, in tiles: inout CheckedTiles) throws(LedgerError) -> [LedgerEntry] {
    try refresh(&tiles)
    var entries: [LedgerEntry] = []
    var (openBundle, bundle): (Int, [LedgerEntry]) = (-1, [])
    for index in try store.indexes(matching: query) where (0..<tiles.signed.size).contains(index) {
      if index / Tile.fullWidth != openBundle {
        openBundle = index / Tile.fullWidth
        bundle = try tiles.entries(bundle: openBundle)
      }
      let entry = bundle[index % Tile.fullWidth]
      if query.matches(entry) { entries.append(entry) }
    }
    return entries
  }
}
