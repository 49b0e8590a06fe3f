/// Classes of bytes in a row: one of the ways in which a part of a pattern can be written.
struct Spelling: Hashable {
  var sets: [ByteSet]
  /// What comes behind them is known as well; otherwise they are where the ways part.
  var isOpen: Bool

  /// Classes of one spelling.
  static let longest = 32
  /// Spellings of one pattern.
  static let most = 16

  static let nothing = Spelling(sets: [], isOpen: true)

  /// All spellings of parts in a row, as far as they are few.
  static func all(of parts: ArraySlice<PatternNode>) -> [Spelling] {
    parts.reduce([.nothing]) { spellings, part in
      spellings.contains(where: \.isOpen) ? extend(spellings, with: all(of: part)) : spellings
    }
  }

  private static func extend(_ spellings: [Spelling], with next: [Spelling]) -> [Spelling] {
    let longer = spellings.flatMap { spelling in spelling.isOpen ? next.map { spelling.followed(by: $0) } : [spelling] }
    return few(longer) ?? spellings.map(\.closed)
  }

  /// Each once; `nil` where they are too many.
  private static func few(_ spellings: [Spelling]) -> [Spelling]? {
    var known: Set<Spelling> = []
    let distinct = spellings.filter { known.insert($0).inserted }
    return distinct.count <= most ? distinct : nil
  }

  private func followed(by next: Spelling) -> Spelling {
    let all = sets + next.sets
    return Spelling(sets: Array(all.prefix(Self.longest)), isOpen: next.isOpen && all.count < Self.longest)
  }

  private var closed: Spelling { Spelling(sets: sets, isOpen: false) }

  private static func all(of node: PatternNode) -> [Spelling] {
    switch node {
    case .set(let set): return [Spelling(sets: [set], isOpen: true)]
    case .sequence(let nodes): return all(of: nodes[...])
    case .capture(let node): return all(of: node)
    case .alternation(let nodes): return few(nodes.flatMap { all(of: $0) }) ?? [nothing.closed]
    // What looks around is left to who confirms.
    case .wordBoundary, .notPreceded, .notFollowed: return [.nothing]
    case .repeated(let node, let minimum, let maximum): return all(of: all(of: node), minimum, maximum)
    }
  }

  private static func all(of node: [Spelling], _ minimum: Int, _ maximum: Int) -> [Spelling] {
    var repeated = (0..<min(minimum, longest)).reduce([Spelling.nothing]) { spellings, _ in
      extend(spellings, with: node)
    }
    guard maximum > minimum else { return repeated }
    guard maximum - minimum < most / 2 else { return repeated.map(\.closed) }
    var all = repeated
    for _ in minimum..<maximum {
      repeated = extend(repeated, with: node)
      all += repeated
    }
    return few(all) ?? Self.all(of: node, minimum, minimum).map(\.closed)
  }
}
