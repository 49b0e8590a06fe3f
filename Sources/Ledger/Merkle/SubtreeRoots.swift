/// Anything that can say the root of a range of a tree's leaves: a list of leaves, or stored tiles.
package protocol SubtreeRoots {
  /// - Parameter range: not empty; either a perfect aligned subtree or the ragged right end of the tree.
  mutating func root(of range: Range<Int>) throws(LedgerError) -> TreeHash
}
