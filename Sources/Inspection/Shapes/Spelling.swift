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
      guard spellings.contains(where: \.isOpen) else { return spellings }
      return extend(spellings, with: part)
    }
  }

  private static func extend(_ spellings: [Spelling], with part: PatternNode) -> [Spelling] {
    let next = all(of: part)
    let longer = spellings.flatMap { spelling in spelling.isOpen ? next.map { spelling.followed(by: $0) } : [spelling] }
    var known: Set<Spelling> = []
    let distinct = longer.filter { known.insert($0).inserted }
    return distinct.count <= most ? distinct : spellings.map(\.closed)
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
    case .alternation(let nodes): return nodes.flatMap { all(of: $0) }
    // What looks around is left to who confirms.
    case .wordBoundary, .notPreceded, .notFollowed: return [.nothing]
    case .repeated(let node, let minimum, let maximum): return all(of: node, minimum, maximum)
    }
  }

  private static func all(of node: PatternNode, _ minimum: Int, _ maximum: Int) -> [Spelling] {
    let least = all(of: Array(repeating: node, count: min(minimum, longest))[...])
    guard maximum > minimum else { return least }
    guard maximum - minimum < most / 2 else { return least.map(\.closed) }
    return (minimum...maximum).flatMap { all(of: Array(repeating: node, count: min($0, longest))[...]) }
  }
}
