/// The tiles and bundles of one ledger as files.
struct TileStore {
  let directory: LedgerDirectory

  /// What a bundle of 256 entries takes at most.
  private static let bundleBytes = Tile.fullWidth * (LedgerLimits.entryBytes + 2)

  /// A tile's bytes. For a partial tile that is gone its full successor is read and cut (C2SP tlog-tiles).
  ///
  /// - Returns: `nil` where neither is there.
  func contents(of tile: Tile) throws(LedgerError) -> [UInt8]? {
    if let bytes = try stored(tile) { return bytes }
    guard !tile.isFull, let bytes = try stored(tile.full) else { return nil }
    switch tile.kind {
    case .hashes: return Array(bytes.prefix(tile.width * TreeHash.byteCount))
    case .entries:
      guard let ranges = EntryBundle.ranges(in: bytes), ranges.count >= tile.width else { return bytes }
      return Array(bytes.prefix(ranges[tile.width - 1].upperBound))
    }
  }

  private func stored(_ tile: Tile) throws(LedgerError) -> [UInt8]? {
    let limit = tile.kind == .entries ? Self.bundleBytes : Tile.fullWidth * TreeHash.byteCount
    return try directory.contents(of: tile.path, limit: limit)
  }

  /// A tile that must be there.
  func existing(_ tile: Tile) throws(LedgerError) -> [UInt8] {
    guard let bytes = try contents(of: tile) else {
      throw LedgerError(.truncated, place: tile.path, "the file is missing", remedy: LedgerRemedy.verify)
    }
    return bytes
  }

  /// A view of the tree of `size` leaves.
  func tree(size: Int) -> TiledTree {
    TiledTree(size: size) { tile throws(LedgerError) in try existing(tile) }
  }

  /// One entry's bytes.
  func entry(_ index: Int, size: Int) throws(LedgerError) -> [UInt8] {
    guard (0..<size).contains(index),
      let tile = Tile.covering(.entries, index: index / Tile.fullWidth, size: size)
    else { throw LedgerError(.notFound, place: "entry \(index)", "the log has \(size) entries, counted from 0") }
    let bundle = try existing(tile)
    guard let ranges = EntryBundle.ranges(in: bundle), ranges.count > index % Tile.fullWidth else {
      throw LedgerError(.truncated, place: tile.path, "the bundle holds too few entries", remedy: LedgerRemedy.verify)
    }
    return Array(bundle[ranges[index % Tile.fullWidth]])
  }

  /// The right edge of the tree of `size` leaves; whether it is the signed one is for the caller to check.
  func frontier(size: Int) throws(LedgerError) -> Frontier {
    var levels: [[TreeHash]] = []
    while Tile.hashCount(size: size, level: levels.count) > 0 {
      let level = levels.count
      let count = Tile.hashCount(size: size, level: level)
      let tile = Tile.covering(.hashes(level: level), index: count / Tile.fullWidth, size: size)
      levels.append(try tile.map { tile throws(LedgerError) in TileHashes.decode(try existing(tile)) ?? [] } ?? [])
    }
    let bundle = Tile.covering(.entries, index: size / Tile.fullWidth, size: size)
    return Frontier(
      size: size, levels: levels,
      bundle: try bundle.map { tile throws(LedgerError) in try existing(tile) } ?? [])
  }

  /// Stores a tile that is not there yet; the same content may be there already, left by a process that died.
  func create(_ contents: TileContents, _ durability: Durability) throws(LedgerError) {
    if try directory.create(contents.tile.path, contents.bytes, durability) { return }
    guard try stored(contents.tile) == contents.bytes else {
      throw LedgerError(
        .doesNotVerify, place: contents.tile.path, "the tile is there already and holds something else",
        remedy: LedgerRemedy.fork)
    }
  }

  /// Removes the partial forms of a tile whose full form is published.
  func removePartials(of tile: Tile) throws(LedgerError) {
    try directory.removeDirectory(tile.partialsPath)
  }

  /// Removes what lies to the right of a tree of `size` leaves: written by a process that died before it could sign
  /// for it. No checkpoint speaks of it.
  func removeBeyond(size: Int) throws(LedgerError) {
    var kinds: [Tile.Kind] = [.entries]
    kinds += (0..<8).map { .hashes(level: $0) }
    for kind in kinds {
      let count = Tile.hashCount(size: size, level: Tile(kind, index: 0).level)
      var tile = Tile(kind, index: count / Tile.fullWidth)
      for name in try directory.names(in: tile.partialsPath) {
        guard let width = Decimal.parse(name), width > count % Tile.fullWidth else { continue }
        try directory.remove("\(tile.partialsPath)/\(name)")
      }
      while directory.exists(tile.path) || (tile.index > count / Tile.fullWidth && directory.exists(tile.partialsPath))
      {
        try directory.remove(tile.path)
        if tile.index > count / Tile.fullWidth { try removePartials(of: tile) }
        tile = Tile(kind, index: tile.index + 1)
      }
    }
  }
}
