/// A stored tree computed anew from its entries, and every stored hash compared with the computed one.
struct TreeAudit {
  /// A stored hash that is not the computed one.
  struct Difference: Sendable, Hashable {
    let tile: Tile
    /// The hash's place in its level; at level 0, the entry's index.
    let index: Int
    let stored: TreeHash
    let computed: TreeHash
  }

  /// Differences that are kept; enough to see that entries have only changed places.
  private static let keptDifferences = 4_096

  private let store: TileStore
  private let size: Int

  private(set) var frontier = Frontier()
  private(set) var entriesChecked = 0
  private(set) var filesChecked = 0
  private(set) var differences: [Difference] = []
  /// A bundle or tile that is missing or has the wrong form. Behind a bad bundle nothing was looked at.
  private(set) var damage: LedgerProblem?
  private var isReadable = true

  /// - Parameters:
  ///   - firstBundle: where reading of entries begins; what lies before is taken from the level-1 tiles, which the
  ///     root covers.
  ///   - visit: sees every entry that is read.
  init(
    _ store: TileStore, size: Int, firstBundle: Int = 0,
    visit: (Int, ArraySlice<UInt8>) -> Void = { _, _ in }
  ) throws(LedgerError) {
    self.store = store
    self.size = size
    try skip(to: firstBundle)
    var bundle = firstBundle
    while isReadable, let tile = Tile.covering(.entries, index: bundle, size: size) {
      try read(tile, visit)
      bundle += 1
    }
    if isReadable { try compare(frontier.partials) }
  }

  private mutating func skip(to firstBundle: Int) throws(LedgerError) {
    var next = 0
    while next < firstBundle {
      guard let tile = Tile.covering(.hashes(level: 1), index: next / Tile.fullWidth, size: size),
        let hashes = try bytes(tile).flatMap({ TileHashes.decode($0) }), hashes.count == tile.width
      else { return isReadable = false }
      for hash in hashes.prefix(firstBundle - next) {
        var completed: [TileContents] = []
        frontier.append(subtree: hash, level: 1, completing: &completed)
        try compare(completed)
        next += 1
      }
    }
  }

  private mutating func read(_ tile: Tile, _ visit: (Int, ArraySlice<UInt8>) -> Void) throws(LedgerError) {
    guard let bytes = try bytes(tile) else { return isReadable = false }
    let (ranges, isWhole) = EntryBundle.readableRanges(in: bytes)
    var completed: [TileContents] = []
    let start = frontier.size
    for range in ranges.prefix(tile.width) {
      visit(frontier.size, bytes[range])
      frontier.append(bytes[range], leaf: .leaf(bytes[range]), completing: &completed)
    }
    entriesChecked += frontier.size - start
    if !isWhole || ranges.count != tile.width {
      try compare(completed)
      try explainBadBundle(tile, from: start, found: ranges.count)
      return isReadable = false
    }
    try compareOlderPartials(of: TileContents(tile, bytes: bytes))
    try compare(completed)
  }

  /// A bundle whose entries are the recorded ones as far as it goes was cut; any other one was edited.
  private mutating func explainBadBundle(_ tile: Tile, from start: Int, found: Int) throws(LedgerError) {
    let hashes = frontier.levels.first ?? []
    if !hashes.isEmpty { try compare([TileContents(.hashes(level: 0), index: tile.index, hashes: hashes)]) }
    let wrong = differences.first { $0.tile.level == 0 && $0.index >= start }
    if let wrong {
      damage = LedgerProblem(.edited, file: tile.path, index: wrong.index, "entry \(wrong.index) was edited")
    } else {
      let end = start + min(found, tile.width)
      damage =
        found >= tile.width
        ? LedgerProblem(.edited, file: tile.path, index: end, "something was added behind entry \(end - 1)")
        : LedgerProblem(
          .truncated, file: tile.path, index: end, "the bundle was truncated: it ends inside or before entry \(end)")
    }
  }

  /// Compares hashes with the stored tile, and counts it. Entries are compared through their hashes.
  private mutating func compare(_ contents: [TileContents]) throws(LedgerError) {
    for computed in contents where computed.tile.kind != .entries {
      let tile = Tile.covering(computed.tile.kind, index: computed.tile.index, size: size) ?? computed.tile
      guard let stored = try bytes(tile) else { continue }
      guard stored.count == tile.width * TreeHash.byteCount else {
        note(
          LedgerProblem(
            stored.count < tile.width * TreeHash.byteCount ? .truncated : .edited, file: tile.path,
            "the tile has \(stored.count) bytes instead of \(tile.width * TreeHash.byteCount)"))
        continue
      }
      addDifferences(stored, computed.bytes, tile)
      try compareOlderPartials(of: computed)
    }
  }

  private mutating func addDifferences(_ stored: [UInt8], _ computed: [UInt8], _ tile: Tile) {
    if stored == computed { return }
    let pairs = zip(TileHashes.decode(stored) ?? [], TileHashes.decode(computed) ?? []).enumerated()
    for (position, pair) in pairs where pair.0 != pair.1 && differences.count < Self.keptDifferences {
      differences.append(
        Difference(
          tile: tile, index: tile.index * Tile.fullWidth + position, stored: pair.0, computed: pair.1))
    }
  }

  /// What earlier checkpoints needed must be a beginning of what there is now. Wider forms belong to no checkpoint yet.
  private mutating func compareOlderPartials(of contents: TileContents) throws(LedgerError) {
    for name in try store.directory.names(in: contents.tile.partialsPath) {
      guard let width = Decimal.parse(name), width < contents.tile.width else { continue }
      let older = Tile(contents.tile.kind, index: contents.tile.index, width: width)
      guard let stored = try bytes(older) else { continue }
      if contents.tile.kind == .entries {
        let (ranges, isWhole) = EntryBundle.readableRanges(in: stored)
        if isWhole, ranges.count == width, contents.bytes.starts(with: stored) { continue }
      } else if stored.count == width * TreeHash.byteCount, contents.bytes.starts(with: stored) {
        continue
      }
      note(
        LedgerProblem(
          .edited, file: older.path,
          "this older form of \(contents.tile.path) is no longer a beginning of it",
          remedy: LedgerRemedy.remove("\(store.directory.path)/\(older.path)")))
    }
  }

  private mutating func bytes(_ tile: Tile) throws(LedgerError) -> [UInt8]? {
    do throws(LedgerError) {
      if let bytes = try store.contents(of: tile) {
        filesChecked += 1
        return bytes
      }
      note(LedgerProblem(.truncated, file: tile.path, "the file is missing"))
    } catch  where error.code == .tooLarge {
      note(LedgerProblem(.edited, file: tile.path, "the file is larger than such a file can be"))
    } catch  where error.code == .malformed {
      note(LedgerProblem(.edited, file: tile.path, error.sentence))
    }
    return nil
  }

  private mutating func note(_ problem: LedgerProblem) {
    if damage == nil { damage = problem }
  }
}
