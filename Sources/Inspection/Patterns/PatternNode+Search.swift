extension PatternNode {
  /// The beginning of the pattern that is rare enough to be looked for: some certain letters, or more of a kind.
  ///
  /// The streaming matcher takes thousands of short beginnings as easily as one; what follows is confirmed at each of
  /// the few places where one stands. A pattern that begins with little keeps all that a match has at least.
  var searched: PatternNode {
    var taken: [PatternNode] = []
    var rarity = 0
    for part in parts {
      guard rarity < Self.rareEnough else { break }
      if case .repeated(.set(let set), let minimum, let maximum) = part {
        if minimum < maximum, rarity >= Self.almostRare { break }
        let wanted = (Self.rareEnough - rarity + set.rarity - 1) / set.rarity
        if wanted < minimum {
          taken.append(.repeated(.set(set), minimum: wanted, maximum: wanted))
          break
        }
      }
      taken.append(part)
      rarity += part.rarity
    }
    return PatternNode.sequence(taken).shortened
  }

  /// Six certain letters, or four and eight of a wide class.
  private static let rareEnough = 24
  /// Four certain letters.
  private static let almostRare = 16

  /// In a row, without the groups around them.
  private var parts: [PatternNode] {
    switch self {
    case .sequence(let nodes): nodes.flatMap(\.parts)
    case .capture(let node): node.parts
    case .set, .alternation, .repeated, .wordBoundary, .notPreceded, .notFollowed: [self]
    }
  }

  /// How seldom such text is: 4 for a certain letter, in one case or both, less for what may be many.
  private var rarity: Int {
    switch self {
    case .set(let set): set.rarity
    case .sequence(let nodes): nodes.reduce(0) { $0 + $1.rarity }
    case .alternation(let nodes): nodes.map(\.rarity).min() ?? 0
    case .repeated(let node, let minimum, _): node.rarity * minimum
    case .capture(let node): node.rarity
    case .wordBoundary, .notPreceded, .notFollowed: 0
    }
  }
}

extension ByteSet {
  fileprivate var rarity: Int {
    switch count {
    case ...2: 4
    case ...16: 2
    default: 1
    }
  }
}
