/// A regular expression over bytes, as a tree.
indirect enum PatternNode: Sendable, Hashable {
  case set(ByteSet)
  case sequence([PatternNode])
  case alternation([PatternNode])
  /// Greedy.
  case repeated(PatternNode, minimum: Int, maximum: Int)
  /// The secret.
  case capture(PatternNode)
  case wordBoundary
  /// The byte before is not in the set; at the beginning it holds.
  case notPreceded(ByteSet)
  /// The byte after is not in the set; at the end it holds.
  case notFollowed(ByteSet)

  /// Bytes that a match has at least and at most.
  var width: ClosedRange<Int> {
    switch self {
    case .set: return 1...1
    case .sequence(let nodes):
      return nodes.reduce(0...0) { $0.plus($1.width) }
    case .alternation(let nodes):
      let widths = nodes.map(\.width)
      return (widths.map(\.lowerBound).min() ?? 0)...(widths.map(\.upperBound).max() ?? 0)
    case .repeated(let node, let minimum, let maximum):
      let width = node.width
      return width.lowerBound * minimum...width.upperBound * maximum
    case .capture(let node): return node.width
    case .wordBoundary, .notPreceded, .notFollowed: return 0...0
    }
  }

  /// Parts of its program, at least: a group is written out as often as it repeats.
  var size: Int {
    switch self {
    case .set, .wordBoundary, .notPreceded, .notFollowed, .repeated(.set, _, _): 1
    case .sequence(let nodes), .alternation(let nodes): nodes.reduce(0) { $0 + max(1, $1.size) }
    case .repeated(let node, _, let maximum): max(1, node.size) * max(1, maximum)
    case .capture(let node): node.size + 2
    }
  }

  /// Bytes that a match can begin with; meaningless where a match can be empty.
  var first: ByteSet {
    switch self {
    case .set(let set): return set
    case .sequence(let nodes):
      var all = ByteSet.none
      for node in nodes {
        all = all.union(node.first)
        if node.width.lowerBound > 0 { break }
      }
      return all
    case .alternation(let nodes): return nodes.reduce(.none) { $0.union($1.first) }
    case .repeated(let node, _, _), .capture(let node): return node.first
    case .wordBoundary, .notPreceded, .notFollowed: return .none
    }
  }

  /// Bytes that cannot stand before a match, as far as the pattern says so at its very beginning.
  var notBefore: ByteSet {
    switch self {
    case .notPreceded(let set): set
    // A word begins there, not within another.
    case .sequence(let nodes) where nodes.first == .wordBoundary && width.lowerBound > 0 && first.union(.word) == .word:
      .word
    case .sequence(let nodes): nodes.first?.notBefore ?? .none
    case .capture(let node): node.notBefore
    case .set, .alternation, .repeated, .wordBoundary, .notFollowed: .none
    }
  }

  /// Bytes that every match begins with.
  var literalBeginning: [UInt8] {
    switch self {
    case .set(let set): return set.only.map { [$0] } ?? []
    case .sequence(let nodes):
      var bytes: [UInt8] = []
      for node in nodes {
        bytes += node.literalBeginning
        guard node.width.upperBound == node.literalBeginning.count else { break }
      }
      return bytes
    case .capture(let node): return node.literalBeginning
    case .alternation, .repeated, .wordBoundary, .notPreceded, .notFollowed: return []
    }
  }

  /// The part that is the secret; `nil` where that is the whole match.
  var captured: PatternNode? {
    switch self {
    case .capture(let node): node
    case .sequence(let nodes), .alternation(let nodes): nodes.lazy.compactMap(\.captured).first
    case .repeated(let node, _, _): node.captured
    case .set, .wordBoundary, .notPreceded, .notFollowed: nil
    }
  }

  /// The same pattern, ended as early as a match can: what the streaming matcher looks for, one end a match instead of
  /// one for every byte more.
  var shortened: PatternNode {
    switch self {
    case .sequence(let nodes):
      var nodes = nodes
      while let last = nodes.popLast() {
        let short = last.shortened
        if short.width.upperBound > 0 { return .sequence(nodes + [short]) }
      }
      return .sequence([])
    case .alternation(let nodes): return .alternation(nodes.map(\.shortened))
    case .repeated(let node, let minimum, _):
      return minimum == 0 ? .sequence([]) : .repeated(node, minimum: minimum, maximum: minimum)
    case .capture(let node): return node.shortened
    case .wordBoundary, .notFollowed, .notPreceded: return .sequence([])
    case .set: return self
    }
  }
}

extension ClosedRange<Int> {
  func plus(_ other: ClosedRange<Int>) -> ClosedRange<Int> {
    lowerBound + other.lowerBound...upperBound + other.upperBound
  }
}
