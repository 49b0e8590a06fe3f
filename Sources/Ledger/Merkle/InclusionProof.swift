/// That one leaf is in a tree: the hashes beside its way to the root, the leaf's own neighbour first.
package struct InclusionProof: Sendable, Hashable {
  package let index: Int
  package let hashes: [TreeHash]

  package init(index: Int, hashes: [TreeHash]) {
    self.index = index
    self.hashes = hashes
  }

  /// Makes the proof by the recursive definition of RFC 9162 §2.1.3.1.
  package init(index: Int, size: Int, from tree: inout some SubtreeRoots) throws(LedgerError) {
    guard (0..<size).contains(index) else {
      throw LedgerError(.notFound, place: "entry \(index)", "the log has \(size) entries, counted from 0")
    }
    self.index = index
    hashes = try Self.path(to: index, in: 0..<size, from: &tree)
  }

  private static func path(to index: Int, in range: Range<Int>, from tree: inout some SubtreeRoots)
    throws(LedgerError) -> [TreeHash]
  {
    guard range.count > 1 else { return [] }
    let middle = range.lowerBound + Merkle.split(range.count)
    let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
    return index < middle
      ? try path(to: index, in: left, from: &tree) + [try tree.root(of: right)]
      : try path(to: index, in: right, from: &tree) + [try tree.root(of: left)]
  }

  /// Checks by the iterative algorithm of RFC 9162 §2.1.3.2, which shares nothing with the making.
  package func proves(_ leaf: TreeHash, size: Int, root: TreeHash) -> Bool {
    guard (0..<max(size, 0)).contains(index), hashes.count <= LedgerLimits.proofHashes else { return false }
    var (node, last) = (index, size - 1)
    var hash = leaf
    for sibling in hashes {
      if last == 0 { return false }
      if node & 1 == 1 || node == last {
        hash = .node(sibling, hash)
        while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
      } else {
        hash = .node(hash, sibling)
      }
      (node, last) = (node >> 1, last >> 1)
    }
    return last == 0 && hash == root
  }
}
