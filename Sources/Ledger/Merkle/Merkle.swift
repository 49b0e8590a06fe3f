/// The hash tree of RFC 9162 §2.1 over SHA-256.
package enum Merkle {
  /// The root of the tree without entries: SHA-256 of nothing.
  package static let emptyRoot = TreeHash.sha256([])

  /// Where the tree over `count` leaves splits: the largest power of two below `count`.
  ///
  /// - Precondition: `count > 1`.
  static func split(_ count: Int) -> Int { 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount) }

  /// The root of a perfect subtree.
  ///
  /// - Precondition: the count is a power of two.
  static func root(ofPerfect hashes: ArraySlice<TreeHash>) -> TreeHash {
    var row = Array(hashes)
    while row.count > 1 {
      for pair in 0..<row.count / 2 { row[pair] = .node(row[2 * pair], row[2 * pair + 1]) }
      row.removeLast(row.count / 2)
    }
    return row[0]
  }
}
