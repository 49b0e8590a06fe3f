internal import Evidence

/// One pattern, ready to be looked for and confirmed, with the detectors that look for it.
struct CompiledPattern: Sendable {
  /// Those whose pattern this is; several, where things have one shape and are told apart by checks and context.
  private(set) var owners: [PatternOwner]
  let program: PatternProgram
  /// What the streaming matcher looks for, where no word leads to the pattern.
  let anchors: [Anchor]
  /// Certain letters in a row that each anchor has at least.
  let letters: Int
  /// Bytes that a match has at most.
  let longest: Int
  /// Bytes that a secret has at least.
  let secretWidth: Int
  /// Bytes that a match can begin with.
  let first: ByteSet
  /// Bytes that cannot stand before a match.
  let notBefore: ByteSet
  /// What each match begins with, as far as that is certain.
  let literalBeginning: [UInt8]
  /// The same where it may be one of a few.
  let beginnings: [[UInt8]]
  /// Bytes that a match has at most, as far as it is looked at turned.
  let longestTurned: Int
  /// Whether an owner wants words near.
  private(set) var hasContext: Bool

  struct Anchor {
    let hyperscanText: String
    /// Bytes from a match's beginning to where the streaming matcher reports the anchor.
    let end: ClosedRange<Int>
  }

  init(_ node: PatternNode, _ owner: PatternOwner) throws(DetectorError) {
    let anchors = node.anchors
    let mostBytes = InspectionLimits.maximumHitBytes
    guard anchors.allSatisfy({ $0.node.width.lowerBound > 0 && $0.end.lowerBound <= mostBytes }) else {
      throw DetectorError(
        code: .pattern, place: owner.place,
        sentence: "\(owner.rule.id): a pattern can be empty, or is longer than what is kept in memory",
        remedy: "let it begin with something certain, and keep it short")
    }
    owners = [owner]
    hasContext = owner.context != nil
    program = PatternProgram(node)
    self.anchors = anchors.map { anchor in
      Anchor(
        hyperscanText: anchor.node.hyperscanSearchText,
        end: anchor.end.lowerBound...min(anchor.end.upperBound, mostBytes))
    }
    letters = anchors.map(\.letters).min() ?? 0
    longest = node.width.upperBound
    secretWidth = (node.captured ?? node).width.lowerBound
    first = node.first
    notBefore = node.notBefore
    literalBeginning = node.literalBeginning
    beginnings = node.beginnings
    longestTurned = min(node.width.upperBound, InspectionLimits.longestTurned)
  }

  mutating func add(_ owner: PatternOwner) {
    owners.append(owner)
    hasContext = hasContext || owner.context != nil
  }

  /// Reads the rules' patterns; what several have in common is looked for once.
  static func compile(_ rules: [DetectorRule]) throws(DetectorError) -> (
    patterns: [CompiledPattern], vocabulary: ContextVocabulary
  ) {
    var patterns: [CompiledPattern] = []
    var vocabulary = ContextVocabulary()
    var known: [String: Int] = [:]
    for (order, rule) in rules.enumerated() {
      let owner = try PatternOwner(rule, order: order, &vocabulary)
      for text in rule.patterns {
        if let index = known[text] {
          patterns[index].add(owner)
        } else {
          known[text] = patterns.count
          patterns.append(try CompiledPattern(parse(text, of: owner), owner))
        }
      }
    }
    return (patterns, vocabulary)
  }

  private static func parse(_ text: String, of owner: PatternOwner) throws(DetectorError) -> PatternNode {
    do {
      return try PatternParser.parse(text)
    } catch {
      throw DetectorError(
        code: .pattern, place: owner.place,
        sentence: "\(owner.rule.id): at byte \(error.offset) of the pattern \(text) should be \(error.expected)",
        remedy: "correct the pattern")
    }
  }
}
