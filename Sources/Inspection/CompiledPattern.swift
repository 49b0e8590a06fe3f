internal import Evidence

/// One pattern, ready to be looked for and confirmed, with the detectors that look for it.
// A class, since each hit leads to one: a copy would count references to all that it is made of.
final class CompiledPattern: Sendable {
  /// Those whose pattern this is; several, where things have one shape and are told apart by checks and context.
  let owners: [PatternOwner]
  let program: PatternProgram
  /// Words lead to it.
  let isLed: Bool
  /// What the streaming matcher looks for, where no word leads to the pattern.
  let anchors: [Anchor]
  /// What is looked for in the anchors' place where there are any: the pattern has no letters that are certain.
  let shapes: [PatternShape]
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
  let hasContext: Bool

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
    self.owners = owners
    hasContext = owners.contains { $0.context != nil }
    program = PatternProgram(node)
    self.anchors = anchors.map { anchor in
      Anchor(
        hyperscanText: anchor.node.hyperscanSearchText,
        end: anchor.end.lowerBound...min(anchor.end.upperBound, mostBytes))
    }
    letters = anchors.map(\.letters).min() ?? 0
    longest = node.width.upperBound
    isLed = LeadWords.lead(to: owners, longest: longest, letters: letters)
    shapes = !isLed && letters < PatternShape.fewLetters ? PatternShape.all(of: node) : []
    secretWidth = (node.captured ?? node).width.lowerBound
    first = node.first
    notBefore = node.notBefore
    literalBeginning = node.literalBeginning
    beginnings = node.beginnings
    longestTurned = min(node.width.upperBound, InspectionLimits.longestTurned)
  }

  /// Reads the rules' patterns; what several have in common is looked for once.
  static func compile(_ rules: [DetectorRule]) throws(DetectorError) -> (
    patterns: [CompiledPattern], vocabulary: ContextVocabulary
  ) {
    var vocabulary = ContextVocabulary()
    var texts: [String] = []
    var owners: [String: [PatternOwner]] = [:]
    for (order, rule) in rules.enumerated() {
      let owner = try PatternOwner(rule, order: order, &vocabulary)
      for text in rule.patterns {
        if owners[text] == nil { texts.append(text) }
        owners[text, default: []].append(owner)
      }
    }
    var patterns: [CompiledPattern] = []
    for text in texts {
      let owners = owners[text, default: []]
      patterns.append(try CompiledPattern(parse(text, of: owners[0]), owners, at: owners[0].rule.place(of: text)))
    }
    return (patterns, vocabulary)
  }

  private static func parse(_ text: String, of owner: PatternOwner) throws(DetectorError) -> PatternNode {
    do {
      return try PatternParser.parse(text)
    } catch {
      throw DetectorError(
        code: .pattern, place: owner.rule.place(of: text),
        sentence: "\(owner.rule.id): at byte \(error.offset) of the pattern \(text) should be \(error.expected)",
        remedy: "correct the pattern")
    }
  }
}
