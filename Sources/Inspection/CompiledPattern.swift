internal import Evidence

/// One pattern, ready to be looked for and confirmed, with the detectors that look for it.
struct CompiledPattern: Sendable {
  /// Those whose pattern this is; several, where things have one shape and are told apart by checks and context.
  private(set) var owners: [PatternOwner]
  let program: PatternProgram
  /// What the streaming matcher looks for.
  let hyperscanText: String
  /// Bytes from a match's beginning to where the streaming matcher reports it.
  let hitWidth: ClosedRange<Int>
  /// Bytes that a secret has at least.
  let secretWidth: Int
  /// Bytes that a match can begin with.
  let first: ByteSet
  /// What each match begins with, as far as that is certain.
  let literalBeginning: [UInt8]
  /// The same where it may be one of a few.
  let beginnings: [[UInt8]]
  /// Bytes that a match has at most, as far as it is looked at turned.
  let longestTurned: Int
  /// Whether an owner wants words near.
  private(set) var hasContext: Bool

  init(_ node: PatternNode, _ owner: PatternOwner) throws(DetectorError) {
    let short = node.searched
    guard short.width.lowerBound > 0, short.width.lowerBound <= InspectionLimits.maximumHitBytes else {
      throw DetectorError(
        code: .pattern, place: owner.place,
        sentence: "\(owner.rule.id): a pattern can be empty, or is longer than what is kept in memory",
        remedy: "let it begin with something certain, and keep it short")
    }
    owners = [owner]
    hasContext = owner.context != nil
    program = PatternProgram(node)
    hyperscanText = short.hyperscanSearchText
    hitWidth = short.width.lowerBound...min(short.width.upperBound, InspectionLimits.maximumHitBytes)
    secretWidth = (node.captured ?? node).width.lowerBound
    first = node.first
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
    var known: [PatternNode: Int] = [:]
    for (order, rule) in rules.enumerated() {
      let owner = try PatternOwner(rule, order: order, &vocabulary)
      for text in rule.patterns {
        let node = try parse(text, of: owner)
        if let index = known[node] {
          patterns[index].add(owner)
        } else {
          known[node] = patterns.count
          patterns.append(try CompiledPattern(node, owner))
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
