/// What the streaming matcher looks for, and so what a hit of it means.
enum Lead: Sendable {
  /// A part of the pattern of this index, so many bytes behind the beginning of a match.
  case anchor(of: Int, end: ClosedRange<Int>)
  /// The same, turned.
  case turned(TurnedLiteral)
  /// A word near which matches of some patterns are worth something.
  case word(LeadWord)

  /// Bytes before a hit's end that it takes to tell what it is.
  var bytesBefore: Int {
    switch self {
    case .anchor(_, let end): end.upperBound
    case .turned: InspectionLimits.longestTurned
    case .word: LeadWord.bytesBefore
    }
  }

  /// All that have to be looked for, in a fixed order, as Hyperscan reads them.
  static func all(of patterns: [CompiledPattern], _ words: LeadWords) -> [(lead: Lead, hyperscanText: String)] {
    var leads: [(Lead, String)] = []
    for (index, pattern) in patterns.enumerated() where !pattern.isLed && pattern.shapes.isEmpty {
      leads += pattern.anchors.map { (.anchor(of: index, end: $0.end), $0.hyperscanText) }
    }
    leads += TurnedLiteral.all(of: patterns).map { (.turned($0), $0.hyperscanText) }
    return leads + words.texts.map { (.word($0.word), $0.hyperscanText) }
  }

  /// Those that have no letters to be looked for.
  static func shapes(of patterns: [CompiledPattern]) -> [(lead: Lead, shape: PatternShape)] {
    patterns.enumerated().flatMap { index, pattern in
      pattern.shapes.map { (.anchor(of: index, end: $0.end), $0) }
    }
  }
}
