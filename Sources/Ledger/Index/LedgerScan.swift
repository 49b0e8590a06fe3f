/// Finds entries by reading all of them: where there is no index, and none may be written.
enum LedgerScan {
  /// The newest entries that match, in the ledger's order.
  static func entries(matching query: LedgerQuery, in tiles: inout CheckedTiles) throws(LedgerError) -> [LedgerEntry] {
    let limit = max(0, min(query.limit ?? LedgerLimits.queryRows, LedgerLimits.queryRows))
    var newestFirst: [LedgerEntry] = []
    var bundle = (tiles.signed.size + Tile.fullWidth - 1) / Tile.fullWidth - 1
    while bundle >= 0, newestFirst.count < limit {
      newestFirst += try tiles.entries(bundle: bundle).reversed().filter { query.matches($0) }
      bundle -= 1
    }
    return newestFirst.prefix(limit).reversed()
  }
}
