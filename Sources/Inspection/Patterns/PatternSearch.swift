internal import Evidence

/// How one pattern is looked for; of use until that is compiled.
struct PatternSearch {
  /// Words lead to it.
  let isLed: Bool
  /// What the streaming matcher looks for, where no word leads to the pattern.
  let anchors: [Anchor]
  /// What is looked for in the anchors' place where there are any: the pattern has no letters that are certain.
  let shapes: [PatternShape]

  struct Anchor {
    let hyperscanText: String
    /// Bytes from a match's beginning to where the streaming matcher reports the anchor.
    let end: ClosedRange<Int>
  }

  /// - Parameters:
  ///   - owners: at least one.
  ///   - place: where it is written.
  init(_ node: PatternNode, _ owners: [PatternOwner], at place: String) throws(DetectorError) {
    let anchors = node.anchors
    let mostBytes = InspectionLimits.maximumHitBytes
    guard anchors.allSatisfy({ $0.node.width.lowerBound > 0 && $0.end.lowerBound <= mostBytes }) else {
      throw DetectorError(
        code: .pattern, place: place,
        sentence: "\(owners[0].rule.id): a pattern can be empty, or is longer than what is kept in memory",
        remedy: "let it begin with something certain, and keep it short")
    }
    self.anchors = anchors.map { anchor in
      Anchor(
        hyperscanText: anchor.node.hyperscanSearchText,
        end: anchor.end.lowerBound...min(anchor.end.upperBound, mostBytes))
    }
    // Certain ones in a row that each anchor has at least.
    let letters = anchors.map(\.letters).min() ?? 0
    isLed = LeadWords.lead(to: owners, longest: node.width.upperBound, letters: letters)
    shapes = !isLed && letters < PatternShape.fewLetters ? PatternShape.all(of: node) : []
  }
}
