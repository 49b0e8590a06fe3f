/// A tree of any size as the roots of its perfect subtrees: one for each set bit of the size, the largest first.
package struct CompactRange: Sendable, Hashable {
  package private(set) var size = 0
  private var roots: [TreeHash] = []

  package init() {}

  package mutating func append(_ leaf: TreeHash) {
    var hash = leaf
    var bits = size
    while bits & 1 == 1, let left = roots.popLast() {
      hash = .node(left, hash)
      bits >>= 1
    }
    roots.append(hash)
    size += 1
  }

  /// The root over all leaves so far (RFC 9162 §2.1.1).
  package var root: TreeHash {
    guard var root = roots.last else { return Merkle.emptyRoot }
    for left in roots.dropLast().reversed() { root = .node(left, root) }
    return root
  }
}
