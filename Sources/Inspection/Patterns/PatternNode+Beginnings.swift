extension PatternNode {
  /// What matches begin with, as far as it is certain; several where a few letters or words may stand there.
  var beginnings: [[UInt8]] { prefixes.texts }

  private static let mostBeginnings = 16
  private static let longestBeginning = 12

  /// - Returns: each text that a match may begin with, and whether these are whole matches.
  private var prefixes: (texts: [[UInt8]], areWhole: Bool) {
    switch self {
    case .set(let set):
      let count = set.count
      guard count <= Self.mostBeginnings else { return ([[]], false) }
      return (set.ranges.flatMap { range in range.map { [$0] } }, true)
    case .sequence(let nodes): return Self.prefixes(ofSequence: nodes)
    case .alternation(let nodes):
      let all = nodes.map(\.prefixes)
      let texts = all.flatMap(\.texts)
      return texts.count <= Self.mostBeginnings ? (texts, all.allSatisfy(\.areWhole)) : ([[]], false)
    case .repeated(let node, let minimum, let maximum):
      guard minimum > 0 else { return ([[]], false) }
      let first = Self.prefixes(ofSequence: Array(repeating: node, count: min(minimum, Self.longestBeginning)))
      return (first.texts, first.areWhole && minimum == maximum && minimum <= Self.longestBeginning)
    case .capture(let node): return node.prefixes
    case .wordBoundary, .notPreceded, .notFollowed: return ([[]], true)
    }
  }

  private static func prefixes(ofSequence nodes: [PatternNode]) -> (texts: [[UInt8]], areWhole: Bool) {
    var texts: [[UInt8]] = [[]]
    for node in nodes {
      let (next, areWhole) = node.prefixes
      guard texts.count * next.count <= mostBeginnings else { return (texts, false) }
      texts = texts.flatMap { text in next.map { text + $0 } }
      guard areWhole, texts.allSatisfy({ $0.count < longestBeginning }) else { return (texts, false) }
    }
    return (texts, true)
  }
}
