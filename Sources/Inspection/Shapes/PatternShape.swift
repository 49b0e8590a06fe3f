/// Classes of bytes that a match has in a row: how it is looked for where it has no letters that are certain.
struct PatternShape: Hashable {
  let sets: [ByteSet]
  /// What does not stand before them.
  let notBefore: ByteSet
  /// Bytes from a match's beginning to the shape's end, or to that of another shape of the pattern: each hit tries all
  /// beginnings that any has, so that of hits that end alike the first one tries the earliest.
  let end: ClosedRange<Int>
  /// Where it is looked for.
  let pivot: ShapePivot

  /// Of patterns that have fewer certain letters shapes are looked for.
  static let fewLetters = 2

  /// Tenths of bits that a shape has at least: places that have it by chance are few.
  private static let rareEnough = 80
  /// What is so rare at a match's beginning is not looked for farther behind.
  private static let rare = 110

  /// As many beginnings are tried for a hit: numbers in columns are many hits.
  private static let mostBeginnings = 8

  /// - Returns: the best shapes of which one stands in every match, at its beginning or not far behind it; none where they
  ///   would be too common, or nothing tells where to look for one.
  static func all(of node: PatternNode) -> [PatternShape] {
    let parts = node.parts
    var best = all(of: parts[...], behind: 0...0, notBefore: node.notBefore)
    var before = 0...0
    for index in parts.indices.dropLast() {
      guard best.map(\.rarity).min() ?? 0 < rare else { break }
      before = before.plus(parts[index].width)
      guard before.count <= mostBeginnings, before.upperBound <= PatternAnchor.farthest else { break }
      let next = all(of: parts[(index + 1)...], behind: before, notBefore: .none)
      if next.map(\.rarity).min() ?? 0 > best.map(\.rarity).min() ?? 0 { best = next }
    }
    return best
  }

  private static func all(
    of parts: ArraySlice<PatternNode>, behind before: ClosedRange<Int>, notBefore: ByteSet
  ) -> [PatternShape] {
    var spellings: [[ByteSet]] = []
    for sets in Spelling.all(of: parts).map(\.sets).sorted(by: { $0.count < $1.count }) {
      if !spellings.contains(where: { $0.stands(in: sets) }) { spellings.append(sets) }
    }
    guard let shortest = spellings.first, let longest = spellings.last else { return [] }
    let end = before.plus(shortest.count...longest.count)
    let shapes = spellings.compactMap { PatternShape(sets: $0, notBefore: notBefore, end: end) }
    return shapes.count == spellings.count && shapes.allSatisfy { $0.rarity >= rareEnough } ? shapes : []
  }

  /// - Returns: `nil` where nothing tells where to look for it.
  private init?(sets: [ByteSet], notBefore: ByteSet, end: ClosedRange<Int>) {
    guard let pivot = ShapePivot(of: sets, notBefore: notBefore) else { return nil }
    self.sets = sets
    self.notBefore = notBefore
    self.end = end
    self.pivot = pivot
  }

  /// How many bits less a text is likely to have such bytes in a row than anything, in tenths.
  private var rarity: Int {
    sets.indices.reduce(0) { $0 + Self.rarity(of: sets[$1], behind: $1 > 0 ? sets[$1 - 1] : .none) }
  }

  private static func rarity(of set: ByteSet, behind before: ByteSet) -> Int {
    if set.intersection(.alphanumeric).isEmpty { return set.contains(UInt8(ascii: " ")) ? 25 : 50 }
    let isFirst = before.intersection(set).isEmpty
    if set.union(.digits) == .digits || set.union(.capitals) == .capitals {
      return (isFirst ? 40 : 14) + (set.count < 4 ? 10 : 0)
    }
    if set.intersection(.smallLetters).count <= 6 { return isFirst ? 30 : 12 }
    return isFirst ? 5 : 4
  }
}

extension [ByteSet] {
  /// Whether whatever begins like the other classes begins like these.
  fileprivate func stands(in other: [ByteSet]) -> Bool {
    count <= other.count && zip(self, other).allSatisfy { $0.union($1) == $0 }
  }
}
