/// A tree whose hashes are read from its tiles as they are needed.
///
/// What it returns is only as true as the tiles: check a proof made from it against a verified root.
struct TiledTree: SubtreeRoots {
  let size: Int
  private let read: (Tile) throws(LedgerError) -> [UInt8]
  private var tiles: [Tile: [TreeHash]] = [:]

  /// - Parameter read: a tile's bytes; it may be answered from the full tile where only that is left.
  init(size: Int, read: @escaping (Tile) throws(LedgerError) -> [UInt8]) {
    self.size = size
    self.read = read
  }

  mutating func root(of range: Range<Int>) throws(LedgerError) -> TreeHash {
    let count = range.count
    guard count & (count - 1) == 0, range.lowerBound % max(count, 1) == 0 else {
      let middle = range.lowerBound + Merkle.split(count)
      return .node(
        try root(of: range.lowerBound..<middle), try root(of: middle..<range.upperBound))
    }
    let level = count.trailingZeroBitCount / 8
    let first = range.lowerBound >> (8 * level)
    let hashes = try tile(level: level, index: first / Tile.fullWidth)
    let start = first % Tile.fullWidth
    let end = start + (count >> (8 * level))
    guard end <= hashes.count else { throw Self.short(Tile(.hashes(level: level), index: first / Tile.fullWidth)) }
    return Merkle.root(ofPerfect: hashes[start..<end])
  }

  private mutating func tile(level: Int, index: Int) throws(LedgerError) -> [TreeHash] {
    let full = Tile(.hashes(level: level), index: index)
    if let hashes = tiles[full] { return hashes }
    guard let tile = Tile.covering(full.kind, index: index, size: size) else { throw Self.short(full) }
    guard let hashes = TileHashes.decode(try read(tile)), hashes.count >= tile.width else { throw Self.short(tile) }
    let cut = Array(hashes.prefix(tile.width))
    tiles[full] = cut
    return cut
  }

  private static func short(_ tile: Tile) -> LedgerError {
    LedgerError(.truncated, place: tile.path, "the tile holds too few hashes", remedy: LedgerRemedy.verify)
  }
}
