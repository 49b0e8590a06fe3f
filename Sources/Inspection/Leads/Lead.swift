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
  static func all(
    of compilation: PatternCompilation, _ texts: [LeadWords.Text]
  ) -> [(lead: Lead, hyperscanText: String)] {
    var leads: [(Lead, String)] = []
    for (index, search) in compilation.searches.enumerated() where !search.isLed && search.shapes.isEmpty {
      leads += search.anchors.map { (.anchor(of: index, end: $0.end), $0.hyperscanText) }
    }
    leads += TurnedLiteral.all(of: compilation.patterns).map { (.turned($0), $0.hyperscanText) }
    return leads + texts.map { (.word($0.word), $0.hyperscanText) }
  }

  /// Those that have no letters to be looked for.
  static func shapes(of searches: [PatternSearch]) -> [(lead: Lead, shape: PatternShape)] {
    searches.enumerated().flatMap { index, search in search.shapes.map { (.anchor(of: index, end: $0.end), $0) } }
  }
}

extension Lead: ArchivedValue {
  init(from archive: inout ArchiveReader) throws(DamagedArchive) {
    switch try archive.read(UInt8.self) {
    case 0:
      let (pattern, least, most): (Int, Int, Int) = (try archive.read(), try archive.read(), try archive.read())
      guard least <= most else { throw DamagedArchive() }
      self = .anchor(of: pattern, end: least...most)
    case 1: self = .turned(try archive.value())
    case 2: self = .word(try archive.value())
    default: throw DamagedArchive()
    }
  }

  func write(to archive: inout ArchiveWriter) {
    switch self {
    case .anchor(let pattern, let end):
      archive.write(0 as UInt8)
      archive.write(pattern)
      archive.write(end.lowerBound)
      archive.write(end.upperBound)
    case .turned(let literal):
      archive.write(1 as UInt8)
      archive.write(literal)
    case .word(let word):
      archive.write(2 as UInt8)
      archive.write(word)
    }
  }
}
