/// The files beneath `tile/` of a copy, which must all belong to its checkpoint: what nothing vouches for is no evidence.
struct TileInventory {
  /// Directories beneath each other: `tile`, the level, seven groups of an index of 63 bits, the partials.
  private static let deepest = 10

  private let directory: LedgerDirectory
  private let size: Int

  init(_ directory: LedgerDirectory, size: Int) {
    self.directory = directory
    self.size = size
  }

  /// The first file that does not belong; `nil` where all do.
  func problem() throws(LedgerError) -> LedgerProblem? { try problem(in: "tile", depth: 1) }

  private func problem(in name: String, depth: Int) throws(LedgerError) -> LedgerProblem? {
    for part in try directory.names(in: name) {
      let path = "\(name)/\(part)"
      if directory.isDirectory(path), depth < Self.deepest {
        if let problem = try problem(in: path, depth: depth + 1) { return problem }
      } else if !belongs(path) {
        return LedgerProblem(
          .edited, file: path, "nothing vouches for this file", remedy: LedgerRemedy.remove("\(directory.path)/\(path)")
        )
      }
    }
    return nil
  }

  /// Whether the checkpoint needs the tile, or an earlier one did, or the full one stands for the partial one.
  private func belongs(_ path: String) -> Bool {
    guard let tile = Tile(path: path), let needed = Tile.covering(tile.kind, index: tile.index, size: size) else {
      return false
    }
    return tile.width <= needed.width || (tile.isFull && !directory.exists(needed.path))
  }
}
