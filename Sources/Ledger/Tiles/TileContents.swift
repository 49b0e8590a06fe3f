/// One tile or bundle with its bytes, as it is to be stored.
struct TileContents: Sendable, Hashable {
  let tile: Tile
  let bytes: [UInt8]

  init(_ tile: Tile, bytes: [UInt8]) {
    self.tile = tile
    self.bytes = bytes
  }

  init(_ kind: Tile.Kind, index: Int, hashes: [TreeHash]) {
    self.init(Tile(kind, index: index, width: hashes.count), bytes: hashes.flatMap(\.bytes))
  }
}

/// Hashes as a tile holds them.
enum TileHashes {
  /// - Returns: `nil` unless the bytes are whole hashes.
  static func decode(_ bytes: [UInt8]) -> [TreeHash]? {
    guard bytes.count % TreeHash.byteCount == 0 else { return nil }
    return stride(from: 0, to: bytes.count, by: TreeHash.byteCount).compactMap {
      TreeHash(bytes[$0..<$0 + TreeHash.byteCount])
    }
  }
}
