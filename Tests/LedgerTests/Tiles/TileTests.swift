import Testing

@testable import Ledger

@Suite struct TileTests {
  static let paths: [(String, Tile)] = [
    ("tile/0/000", Tile(.hashes(level: 0), index: 0)),
    ("tile/entries/005", Tile(.entries, index: 5)),
    ("tile/0/x001/x234/067", Tile(.hashes(level: 0), index: 1_234_067)),
    ("tile/entries/x001/000.p/17", Tile(.entries, index: 1000, width: 17)),
    ("tile/63/999.p/255", Tile(.hashes(level: 63), index: 999, width: 255)),
  ]

  @Test("a tile's address is written and read as the specification has it", arguments: paths)
  func path(_ text: String, _ tile: Tile) {
    #expect(tile.path == text)
    #expect(Tile(path: text) == tile)
  }

  @Test(
    "an address that is not in its one form is refused",
    arguments: [
      "", "tile", "tile/0", "tile/0/", "tile/00/000", "tile/64/000", "tile/-1/000", "tile/0/0", "tile/0/0000",
      "tile/0/x000/000", "tile/0/001/002", "tile/0/x01/002", "tile/0/000.p", "tile/0/000.p/0", "tile/0/000.p/256",
      "tile/0/000.p/01", "tile/0/000.p/1/2", "tile/entries/٠٠٠", "/tile/0/000", "tile/0/000/", "tile/data/000",
      "tile/0/x999/x999/x999/x999/x999/x999/x999/999", "tile/0/../000",
    ])
  func malformed(path: String) {
    #expect(Tile(path: path) == nil)
  }

  @Test("the specification's tree of 70,000 has the tiles that it counts")
  func example() {
    func count(_ kind: Tile.Kind, full: Bool) -> Int {
      Tile.all(size: 70_000).count { $0.kind == kind && $0.isFull == full }
    }
    #expect(count(.hashes(level: 0), full: true) == 273)
    #expect(Tile.covering(.hashes(level: 0), index: 273, size: 70_000)?.width == 112)
    #expect(count(.hashes(level: 1), full: true) == 1)
    #expect(Tile.covering(.hashes(level: 1), index: 1, size: 70_000)?.width == 17)
    #expect(Tile.covering(.hashes(level: 2), index: 0, size: 70_000)?.width == 1)
    #expect(Tile.all(size: 70_000).count { $0.kind == .hashes(level: 3) } == 0)
  }

  @Test("a tree of 256 has one full tile and one hash above it")
  func oneFullTile() {
    #expect(Set(Tile.all(size: 256).map(\.path)) == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"])
  }

  @Test("addresses survive writing and reading for any numbers, and hostile numbers have no tile")
  func roundTrips() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<2_000 {
      let index = Int.random(in: 0...1 << Int.random(in: 0...54, using: &random), using: &random)
      let kind =
        Bool.random(using: &random) ? Tile.Kind.entries : .hashes(level: Int.random(in: 0...63, using: &random))
      let tile = Tile(kind, index: index, width: Int.random(in: 1...256, using: &random))
      #expect(Tile(path: tile.path) == tile)
    }
    #expect(Tile.covering(.entries, index: Int.max, size: Int.max) == nil)
    #expect(Tile.covering(.entries, index: -1, size: 5) == nil)
  }

  @Test("a bundle gives back its entries, the empty and the longest too")
  func bundle() throws {
    let entries: [[UInt8]] = [[], [1], [UInt8](repeating: 7, count: 65_535), [], Array("{}".utf8)]
    var bundle: [UInt8] = []
    for entry in entries { EntryBundle.append(entry, to: &bundle) }
    #expect(bundle.prefix(5) == [0, 0, 0, 1, 1])
    let ranges = try #require(EntryBundle.ranges(in: bundle))
    #expect(ranges.map { Array(bundle[$0]) } == entries)
    for end in [1, 3, bundle.count - 1, bundle.count - 3] {
      #expect(EntryBundle.ranges(in: Array(bundle[..<end])) == nil)
    }
  }
}
