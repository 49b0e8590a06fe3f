/// The tiles and entries of a signed tree, each believed only after its hashes were followed up to the signed root.
///
/// What is looked at once is kept, so that entries that lie together cost one way up.
struct CheckedTiles {
  let signed: Checkpoint
  private let store: TileStore
  /// By level, the hashes of the unfinished tile.
  private let edge: [[TreeHash]]
  private var known: [Tile: [TreeHash]] = [:]

  /// - Throws: `.doesNotVerify` where the tree's right edge does not add up to the signed root.
  init(_ store: TileStore, _ signed: Checkpoint) throws(LedgerError) {
    (self.store, self.signed) = (store, signed)
    let frontier = try store.frontier(size: signed.size)
    guard frontier.root == signed.root else {
      throw Self.forged("tile", "the tiles do not add up to the root that the checkpoint signs")
    }
    edge = frontier.levels
  }

  /// The entries of one bundle, all of them.
  mutating func entries(bundle index: Int) throws(LedgerError) -> [LedgerEntry] {
    guard let tile = Tile.covering(.entries, index: index, size: signed.size) else { return [] }
    let hashes = try hashes(level: 0, index: index)
    let bytes = try store.existing(tile)
    guard let ranges = EntryBundle.ranges(in: bytes), ranges.count == tile.width, hashes.count == tile.width else {
      throw Self.forged(tile.path, "the bundle does not hold \(tile.width) entries")
    }
    let first = index * Tile.fullWidth
    var entries: [LedgerEntry] = []
    for (position, range) in ranges.enumerated() {
      guard TreeHash.leaf(bytes[range]) == hashes[position] else {
        throw Self.forged(tile.path, "entry \(first + position) is not the one that the checkpoint signs")
      }
      entries.append(LedgerEntry(index: first + position, bytes: Array(bytes[range])))
    }
    return entries
  }

  /// The root of the first `size` entries; as true as the tiles that it is made from.
  func root(size: Int) throws(LedgerError) -> TreeHash {
    if size == 0 { return Merkle.emptyRoot }
    var tree = store.tree(size: signed.size)
    return try tree.root(of: 0..<size)
  }

  private mutating func hashes(level: Int, index: Int) throws(LedgerError) -> [TreeHash] {
    guard let tile = Tile.covering(.hashes(level: level), index: index, size: signed.size) else { return [] }
    // A partial tile is the edge, which is known to be true.
    guard tile.isFull else { return edge.indices.contains(level) ? edge[level] : [] }
    if let hashes = known[tile] { return hashes }
    let above = try hashes(level: level + 1, index: index / Tile.fullWidth)
    guard let hashes = TileHashes.decode(try store.existing(tile)), hashes.count == Tile.fullWidth,
      above.indices.contains(index % Tile.fullWidth),
      Merkle.root(ofPerfect: hashes[...]) == above[index % Tile.fullWidth]
    else { throw Self.forged(tile.path, "the tile is not the one that the checkpoint signs") }
    known[tile] = hashes
    return hashes
  }

  private static func forged(_ place: String, _ sentence: String) -> LedgerError {
    LedgerError(.doesNotVerify, place: place, sentence, remedy: LedgerRemedy.verify)
  }
}
