/// The growing right edge of a tiled tree: the unfinished tile of every level and the unfinished entry bundle.
///
/// Everything to the left of it is full, written and never looked at again.
struct Frontier: Sendable, Hashable {
  private(set) var size = 0
  /// By level, the hashes of the unfinished tile: 0 to 255.
  private(set) var levels: [[TreeHash]] = []
  /// By level, how many tiles are finished.
  private var finished: [Int] = []
  /// The unfinished bundle's bytes.
  private(set) var bundle: [UInt8] = []

  init() {}

  /// A tree whose finished tiles are known only by their roots.
  ///
  /// - Parameter levels: the hashes of the unfinished tiles; exactly as many as a tree of `size` leaves has.
  init(size: Int, levels: [[TreeHash]], bundle: [UInt8]) {
    self.size = size
    self.levels = levels
    self.bundle = bundle
    finished = levels.indices.map { Tile.hashCount(size: size, level: $0) / Tile.fullWidth }
  }

  /// Adds one entry. Whatever it finishes is added to `completed`, the bundle first, then the tiles from the leaves up.
  mutating func append(_ entry: some Collection<UInt8>, leaf: TreeHash, completing completed: inout [TileContents]) {
    EntryBundle.append(entry, to: &bundle)
    size += 1
    if size % Tile.fullWidth == 0 {
      completed.append(TileContents(Tile(.entries, index: size / Tile.fullWidth - 1), bytes: bundle))
      bundle = []
    }
    push(leaf, level: 0, completing: &completed)
  }

  /// Adds a subtree whose root is known: `256^level` leaves whose entries and tiles are stored.
  ///
  /// - Precondition: all lower levels are empty.
  mutating func append(subtree root: TreeHash, level: Int, completing completed: inout [TileContents]) {
    while levels.count < level {
      levels.append([])
      finished.append(0)
    }
    size += 1 << (8 * level)
    for lower in 0..<level { finished[lower] += 1 << (8 * (level - 1 - lower)) }
    push(root, level: level, completing: &completed)
  }

  private mutating func push(_ hash: TreeHash, level: Int, completing completed: inout [TileContents]) {
    if level == levels.count {
      levels.append([])
      finished.append(0)
    }
    levels[level].append(hash)
    guard levels[level].count == Tile.fullWidth else { return }
    let root = Merkle.root(ofPerfect: levels[level][...])
    completed.append(TileContents(.hashes(level: level), index: finished[level], hashes: levels[level]))
    levels[level] = []
    finished[level] += 1
    push(root, level: level + 1, completing: &completed)
  }

  /// The unfinished bundle and tiles as they are to be published; a partial tile is never empty.
  var partials: [TileContents] {
    var contents: [TileContents] = []
    let width = size % Tile.fullWidth
    if width > 0 {
      contents.append(TileContents(Tile(.entries, index: size / Tile.fullWidth, width: width), bytes: bundle))
    }
    for (level, hashes) in levels.enumerated() where !hashes.isEmpty {
      contents.append(TileContents(.hashes(level: level), index: finished[level], hashes: hashes))
    }
    return contents
  }

  /// The tree's root: every level's hashes are perfect subtrees, smaller to the right and further down.
  var root: TreeHash {
    var root: TreeHash?
    for hashes in levels {
      var end = hashes.count
      while end > 0 {
        let count = end & -end
        let subtree = Merkle.root(ofPerfect: hashes[end - count..<end])
        root = root.map { .node(subtree, $0) } ?? subtree
        end -= count
      }
    }
    return root ?? Merkle.emptyRoot
  }
}
