import Testing

@testable import Ledger

@Suite struct MerkleProofTests {
  static let largest = 300
  private static let tree = LeafList(decimals: largest)
  private static let roots = (0...largest).map { tree.root(of: 0..<$0) }

  @Test("every entry is proved in every tree up to 300, and nowhere else")
  func inclusion() throws {
    var tree = CachedRoots(Self.tree)
    for size in 1...Self.largest {
      for index in stride(from: size % 3, to: size, by: 3) {
        let proof = try InclusionProof(index: index, size: size, from: &tree)
        #expect(proof.proves(Self.tree.leaves[index], size: size, root: Self.roots[size]))
        let other = Self.tree.leaves[(index + 1) % Self.largest]
        #expect(!proof.proves(other, size: size, root: Self.roots[size]))
        #expect(!proof.proves(Self.tree.leaves[index], size: size, root: Self.roots[size - 1]))
      }
    }
  }

  @Test("every tree up to 300 is proved to be the beginning of every larger one")
  func consistency() throws {
    var tree = CachedRoots(Self.tree)
    for new in 0...Self.largest {
      for old in stride(from: new % 3, through: new, by: 3) {
        let proof = try ConsistencyProof(from: old, to: new, in: &tree)
        #expect(proof.proves(oldRoot: Self.roots[old], newRoot: Self.roots[new]))
        guard old > 0, old < new else { continue }
        #expect(!proof.proves(oldRoot: Self.roots[old - 1], newRoot: Self.roots[new]))
        #expect(!proof.proves(oldRoot: Self.roots[old], newRoot: Self.roots[new - 1]))
      }
    }
  }

  @Test(
    "a proof with any hash changed, removed, added or moved fails", arguments: [2, 3, 7, 8, 100, 255, 256, 257, 300])
  func corrupted(size: Int) throws {
    var tree = CachedRoots(Self.tree)
    for index in [0, size / 3, size / 2, size - 1] {
      let proof = try InclusionProof(index: index, size: size, from: &tree)
      for hashes in Self.corruptions(of: proof.hashes) {
        let bad = InclusionProof(index: index, hashes: hashes)
        #expect(!bad.proves(Self.tree.leaves[index], size: size, root: Self.roots[size]))
      }
      for wrong in 0..<size where wrong != index {
        let bad = InclusionProof(index: wrong, hashes: proof.hashes)
        #expect(!bad.proves(Self.tree.leaves[index], size: size, root: Self.roots[size]))
      }
    }
    for old in Set([1, size / 2, size - 1]) {
      let proof = try ConsistencyProof(from: old, to: size, in: &tree)
      for hashes in Self.corruptions(of: proof.hashes) {
        let bad = ConsistencyProof(oldSize: old, newSize: size, hashes: hashes)
        #expect(!bad.proves(oldRoot: Self.roots[old], newRoot: Self.roots[size]))
      }
    }
  }

  private static func corruptions(of hashes: [TreeHash]) -> [[TreeHash]] {
    let stranger = TreeHash.leaf(Array("stranger".utf8))
    var bad = [hashes + [stranger], [stranger] + hashes]
    for position in hashes.indices {
      bad.append(Array(hashes[..<position] + hashes[(position + 1)...]))
      var changed = hashes
      changed[position] = stranger
      bad.append(changed)
      if position > 0, hashes[position] != hashes[0] {
        changed = hashes
        changed.swapAt(0, position)
        bad.append(changed)
      }
    }
    return bad
  }

  @Test("proofs with numbers that no tree has are refused, not computed")
  func hostileNumbers() {
    let hash = Merkle.emptyRoot
    for (index, size) in [(-1, 1), (0, 0), (1, 1), (0, -1), (Int.max, Int.max), (Int.min, 5)] {
      #expect(!InclusionProof(index: index, hashes: [hash]).proves(hash, size: size, root: hash))
    }
    for (old, new) in [(-1, 1), (2, 1), (1, Int.max), (Int.max - 1, Int.max), (Int.min, Int.max)] {
      #expect(!ConsistencyProof(oldSize: old, newSize: new, hashes: [hash]).proves(oldRoot: hash, newRoot: hash))
    }
    let many = [TreeHash](repeating: hash, count: 10_000)
    #expect(!InclusionProof(index: 0, hashes: many).proves(hash, size: Int.max, root: hash))
    #expect(!ConsistencyProof(oldSize: 0, newSize: 5, hashes: [hash]).proves(oldRoot: Merkle.emptyRoot, newRoot: hash))
  }

  @Test("an entry or a size that the log never had is refused with its number")
  func outOfRange() {
    var tree = Self.tree
    #expect(throws: LedgerError.self) { _ = try InclusionProof(index: 300, size: 300, from: &tree) }
    #expect(throws: LedgerError.self) { _ = try InclusionProof(index: -1, size: 300, from: &tree) }
    #expect(throws: LedgerError.self) { _ = try ConsistencyProof(from: 301, to: 300, in: &tree) }
  }
}

/// The recursive definition, each range computed once.
private struct CachedRoots: SubtreeRoots {
  private let tree: LeafList
  private var known: [Range<Int>: TreeHash] = [:]

  init(_ tree: LeafList) { self.tree = tree }

  mutating func root(of range: Range<Int>) -> TreeHash {
    if let root = known[range] { return root }
    let root = tree.root(of: range)
    known[range] = root
    return root
  }
}
