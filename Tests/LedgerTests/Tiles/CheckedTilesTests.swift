import Testing

@testable import Ledger

/// What is shown was followed up to the signed root.
@Suite struct CheckedTilesTests {
  private func shown(_ scratch: Scratch, _ bundle: Int) throws -> [LedgerEntry] {
    let store = TileStore(directory: try LedgerDirectory(scratch.ledger, create: false))
    var tiles = try CheckedTiles(store, try scratch.checkpoint)
    return try tiles.entries(bundle: bundle)
  }

  @Test("all entries of a sound ledger are given, whatever its size", arguments: [1, 255, 256, 257, 512, 600, 66_000])
  func sound(size: Int) async throws {
    let scratch = try Scratch()
    for start in stride(from: 0, to: size, by: 4_096) { try await scratch.fill(min(4_096, size - start)) }
    let last = (size - 1) / 256
    for bundle in Set([0, last / 2, last]) {
      let entries = try shown(scratch, bundle)
      #expect(entries.map(\.index) == Array(bundle * 256..<min(size, bundle * 256 + 256)))
    }
    #expect(try shown(scratch, last + 1).isEmpty)
  }

  @Test(
    "an entry, its tile, or all tiles up to the root, changed together, are refused",
    arguments: [
      ["tile/entries/000"], ["tile/0/000"], ["tile/1/000.p/2"], ["tile/entries/002.p/88"], ["tile/0/002.p/88"],
    ])
  func forged(names: [String]) async throws {
    let scratch = try Scratch()
    try await scratch.fill(600)
    for name in names {
      let good = try scratch.read(name)
      for position in [2, 40, good.count - 1] where position < good.count {
        var bad = good
        bad[position] ^= 1
        try scratch.write(name, bad)
        let bundle = name.contains("002") ? 2 : 0
        let error = #expect(throws: LedgerError.self) { try shown(scratch, bundle) }
        #expect(error?.code == .doesNotVerify)
      }
      try scratch.write(name, good)
    }
    #expect(try shown(scratch, 0).count == 256)
  }

  @Test("a bundle and its tile changed together, as somebody without the key can, are refused")
  func forgedTogether() async throws {
    let scratch = try Scratch()
    try await scratch.fill(600)
    var bundle = try scratch.read("tile/entries/001")
    let range = try #require(EntryBundle.ranges(in: bundle)?[3])
    bundle[range.lowerBound + 4] ^= 1
    var tile = try scratch.read("tile/0/001")
    tile.replaceSubrange(3 * 32..<4 * 32, with: TreeHash.leaf(bundle[range]).bytes)
    try scratch.write("tile/entries/001", bundle)
    try scratch.write("tile/0/001", tile)
    let error = #expect(throws: LedgerError.self) { try shown(scratch, 1) }
    #expect(error?.place == "tile/0/001")
  }
}
