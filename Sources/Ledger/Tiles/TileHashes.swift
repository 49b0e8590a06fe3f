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
