/// That a tree is the beginning of a larger one (RFC 9162 §2.1.4).
package struct ConsistencyProof: Sendable, Hashable {
  package let oldSize: Int
  package let newSize: Int
  package let hashes: [TreeHash]

  package init(oldSize: Int, newSize: Int, hashes: [TreeHash]) {
    self.oldSize = oldSize
    self.newSize = newSize
    self.hashes = hashes
  }

  /// Makes the proof by the recursive definition of RFC 9162 §2.1.4.1; empty where the old tree is empty or the same.
  package init(from oldSize: Int, to newSize: Int, in tree: inout some SubtreeRoots) throws(LedgerError) {
    guard oldSize >= 0, oldSize <= newSize else {
      throw LedgerError(.notFound, place: "consistency", "a log of size \(newSize) never had the size \(oldSize)")
    }
    self.oldSize = oldSize
    self.newSize = newSize
    hashes = oldSize == 0 ? [] : try Self.subproof(oldSize, in: 0..<newSize, isWhole: true, from: &tree)
  }

  private static func subproof(
    _ count: Int, in range: Range<Int>, isWhole: Bool, from tree: inout some SubtreeRoots
  ) throws(LedgerError) -> [TreeHash] {
    if count == range.count { return isWhole ? [] : [try tree.root(of: range)] }
    let split = Merkle.split(range.count)
    let middle = range.lowerBound + split
    let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
    return count <= split
      ? try subproof(count, in: left, isWhole: isWhole, from: &tree) + [try tree.root(of: right)]
      : try subproof(count - split, in: right, isWhole: false, from: &tree) + [try tree.root(of: left)]
  }

  /// Checks by the iterative algorithm of RFC 9162 §2.1.4.2.
  package func proves(oldRoot: TreeHash, newRoot: TreeHash) -> Bool {
    guard 0 <= oldSize, oldSize <= newSize, hashes.count <= LedgerLimits.proofHashes else { return false }
    if oldSize == newSize { return hashes.isEmpty && oldRoot == newRoot }
    if oldSize == 0 { return hashes.isEmpty && oldRoot == Merkle.emptyRoot }
    var path = hashes[...]
    if oldSize & (oldSize - 1) == 0 { path = [oldRoot] + path }
    guard let start = path.popFirst() else { return false }
    var (node, last) = (oldSize - 1, newSize - 1)
    while node & 1 == 1 { (node, last) = (node >> 1, last >> 1) }
    var (old, new) = (start, start)
    for hash in path {
      if last == 0 { return false }
      if node & 1 == 1 || node == last {
        (old, new) = (.node(hash, old), .node(hash, new))
        while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
      } else {
        new = .node(new, hash)
      }
      (node, last) = (node >> 1, last >> 1)
    }
    return old == oldRoot && new == newRoot && last == 0
  }
}
