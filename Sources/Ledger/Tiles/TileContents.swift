/// One tile or bundle with its bytes, as it is to be stored.
struct TileContents: Sendable, Hashable {
  let tile: Tile
  let bytes: [UInt8]

  init(_ tile: Tile, bytes: [UInt8]) {
    self.tile = tile
    self.bytes = bytes
  }

  init(_ kind: Tile.Kind, index: Int, hashes: [TreeHash]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hashes.count * TreeHash.byteCount)
    for hash in hashes { hash.append(to: &bytes) }
    self.init(Tile(kind, index: index, width: hashes.count), bytes: bytes)
  }
}
