extension PatternNode {
  /// Of parts in a row the beginning that is rare enough to be looked for: some certain letters, or more of a kind.
  ///
  /// The streaming matcher takes thousands of short beginnings as easily as one; what follows is confirmed at each of
  /// the few places where one stands. Parts that begin with little are kept as far as a match has them at least.
  static func searched(_ parts: ArraySlice<PatternNode>) -> PatternNode {
    var taken: [PatternNode] = []
    var rarity = 0
    for part in parts {
      guard rarity < rareEnough else { break }
      if case .repeated(.set(let set), let minimum, let maximum) = part {
        if minimum < maximum, rarity >= (maximum - minimum > narrow ? hardlyRare : almostRare) { break }
        let wanted = (rareEnough - rarity + set.rarity - 1) / set.rarity
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

  /// What text seldom has counts for letters in a row.
  private static let rareSigns = Set("@".utf8)
  /// Nine certain letters, or eight and four of a wide class: words that are in every text are not among them.
  private static let rareEnough = 36
  /// Eight certain letters.
  private static let almostRare = 32
  /// Five: enough where the next ones may be anywhere behind, for every place between is one at which a match may begin.
  private static let hardlyRare = 20
  private static let narrow = 64

  /// In a row, without the groups around them.
  var parts: [PatternNode] {
    switch self {
    case .sequence(let nodes): nodes.flatMap(\.parts)
    case .capture(let node): node.parts
    case .set, .alternation, .repeated, .wordBoundary, .notPreceded, .notFollowed: [self]
    }
  }

  /// Certain letters in a row, in one case or both: at the beginning.
  var certainLetters: LetterRun {
    switch self {
    case .set(let set):
      if let sign = set.only, Self.rareSigns.contains(sign) {
        return LetterRun(first: PatternAnchor.leastLetters, isWhole: true)
      }
      return set.count <= 2 ? LetterRun(first: 1, isWhole: true) : .none
    case .sequence(let nodes): return nodes.reduce(.empty) { $0.followed(by: $1.certainLetters) }
    case .alternation(let nodes):
      let runs = nodes.map(\.certainLetters)
      return LetterRun(first: runs.map(\.first).min() ?? 0, isWhole: false)
    case .repeated(let node, let minimum, let maximum):
      let run = node.certainLetters
      guard run.isWhole, minimum > 0 else { return minimum > 0 ? run : .none }
      return LetterRun(first: run.first * minimum, isWhole: minimum == maximum)
    case .capture(let node): return node.certainLetters
    case .wordBoundary, .notPreceded, .notFollowed: return .empty
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
