import Testing

@testable import Ledger

@Suite struct MerkleVectorTests {
  static let leaves = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
  ]
  static let roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]
  /// Entry i is the decimal of i; made with Go's x/mod.
  static let decimals: [(size: Int, root: String)] = [
    (0, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="), (1, "2zQm6HgGjSjSabbIcXIyLOU3K2V1bQeJAB00g19gHAM="),
    (2, "ywCYnZSlacCmeK4EK2Pc1GJduWRAUX83put5duok7Us="), (3, "cl1SMNto9VdHDcNfHYhlgTrNfrsHrRUndBQd7LrnEyc="),
    (255, "Mvhbyqh9e80Fco8J6a66NQumovczgwCH8Fl2goSL5cs="), (256, "goUV0DPBnYyQHzfsy4rtkZZncDSG+NL/8c9wQDIcXbE="),
    (257, "HtoEmkNR2G92JSvX7At3Rq11t/oDFq1fVB29pFijEsQ="), (65535, "dPE6Dhp1aJNy77mQz2jGZORMdj2TBIRJVbLq/2JOjfE="),
    (65536, "8CXQbtgEhZ/SdKG9rK3W5I6odjSqkeHtsgFD+UmM0Cs="), (70000, "Gkzfy2Y3SgwNy+9JrL1JdtE+6GT7PLJB/JQ8rQTwL34="),
  ]

  @Test("the reference leaves of RFC 6962 have the known roots", arguments: 1...8)
  func referenceRoots(size: Int) throws {
    let entries = try Self.leaves.prefix(size).map { try #require(Hexadecimal.decode($0)) }
    var range = CompactRange()
    var frontier = Frontier()
    var completed: [TileContents] = []
    for entry in entries {
      range.append(.leaf(entry))
      frontier.append(entry, leaf: .leaf(entry), completing: &completed)
    }
    #expect(Hexadecimal.encode(range.root.bytes) == Self.roots[size - 1])
    #expect(frontier.root == range.root)
    #expect(LeafList(entries).root(of: 0..<size) == range.root)
  }

  @Test("decimal entries have the roots that another implementation found, through every way we compute them")
  func decimalRoots() throws {
    var (range, frontier) = (CompactRange(), Frontier())
    var completed: [TileContents] = []
    for vector in Self.decimals {
      while range.size < vector.size {
        let entry = Array(String(range.size).utf8)
        range.append(.leaf(entry))
        frontier.append(entry, leaf: .leaf(entry), completing: &completed)
      }
      #expect(range.root.base64 == vector.root, "compact range of \(vector.size)")
      #expect(frontier.root.base64 == vector.root, "frontier of \(vector.size)")
      let stored = Dictionary(uniqueKeysWithValues: (completed + frontier.partials).map { ($0.tile, $0.bytes) })
      #expect(Set(stored.keys) == Set(Tile.all(size: vector.size)), "tiles of \(vector.size)")
      guard vector.size > 0 else { continue }
      var tree = TiledTree(size: vector.size) { tile throws(LedgerError) in stored[tile] ?? [] }
      #expect(try tree.root(of: 0..<vector.size).base64 == vector.root, "tiles of \(vector.size)")
    }
  }

  @Test("the empty tree has the hash of nothing for its root and no tiles")
  func empty() {
    #expect(Frontier().root.base64 == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    #expect(Frontier().partials.isEmpty)
    #expect(Tile.all(size: 0).isEmpty)
  }
}
