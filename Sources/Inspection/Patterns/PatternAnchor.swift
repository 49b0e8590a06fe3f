/// A part of a pattern that is rare enough to be looked for: the few places where it stands are confirmed.
struct PatternAnchor {
  let node: PatternNode
  /// Bytes from a match's beginning to the anchor's end.
  let end: ClosedRange<Int>
  /// Certain letters in a row that it begins with.
  let letters: Int

  /// Letters in a row that the streaming matcher finds as fast among thousands as alone. What has fewer costs it a
  /// pass of its own.
  static let enoughLetters = 4
  static let leastLetters = 3
  /// Every byte before an anchor is a place at which a match may begin.
  static let farthest = 256

  fileprivate init(_ parts: ArraySlice<PatternNode>, behind before: ClosedRange<Int>) {
    node = PatternNode.searched(parts)
    end = before.plus(node.width)
    letters = node.certainLetters.first
  }
}

extension PatternNode {
  /// What is looked for in the place of the pattern: one of these stands in every match. They are its beginning, where
  /// that has enough certain letters; else what has most of them and is not far behind it. Alternatives are looked for
  /// one by one, as far as letters then decide.
  var anchors: [PatternAnchor] {
    let parts = parts
    var best = Self.anchors(parts[...], behind: 0...0)
    var before = 0...0
    for index in parts.indices.dropLast() {
      guard best.letters < PatternAnchor.leastLetters else { break }
      before = before.plus(parts[index].width)
      guard before.upperBound <= PatternAnchor.farthest else { break }
      let next = Self.anchors(parts[(index + 1)...], behind: before)
      if next.letters > best.letters, next.letters >= PatternAnchor.leastLetters { best = next }
    }
    return best
  }

  private static func anchors(
    _ parts: ArraySlice<PatternNode>, behind before: ClosedRange<Int>
  ) -> [PatternAnchor] {
    let whole = [PatternAnchor(parts, behind: before)]
    guard whole.letters < PatternAnchor.enoughLetters,
      let index = parts.firstIndex(where: { $0.width.upperBound > 0 }), case .alternation(let branches) = parts[index]
    else { return whole }
    let rest = parts[(index + 1)...]
    let apart = branches.map { PatternAnchor(parts[..<index] + $0.parts + rest, behind: before) }
    return apart.letters >= whole.letters ? apart : whole
  }
}

extension [PatternAnchor] {
  /// Those of the one that has fewest.
  fileprivate var letters: Int { map(\.letters).min() ?? 0 }
}
