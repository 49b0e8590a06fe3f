import Ledger

/// A tree as the list of its leaves, hashed by the recursive definition: what everything clever is compared with.
struct LeafList: SubtreeRoots {
  var leaves: [TreeHash]

  init(_ entries: [[UInt8]]) { leaves = entries.map { .leaf($0) } }

  /// Entry i is the decimal of i.
  init(decimals count: Int) { self.init((0..<count).map { Array(String($0).utf8) }) }

  func root(of range: Range<Int>) -> TreeHash {
    if range.isEmpty { return Merkle.emptyRoot }
    if range.count == 1 { return leaves[range.lowerBound] }
    var split = 1
    while split * 2 < range.count { split *= 2 }
    let middle = range.lowerBound + split
    return .node(root(of: range.lowerBound..<middle), root(of: middle..<range.upperBound))
  }
}
