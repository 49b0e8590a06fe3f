internal import Evidence

/// One pattern of one detector, ready to be looked for and confirmed.
struct CompiledPattern: Sendable {
  let rule: DetectorRule
  /// Of the rule among all rules: the earlier one wins a tie.
  let order: Int
  let program: PatternProgram
  /// What the streaming matcher looks for.
  let hyperscanText: String
  /// Bytes from a match's beginning to where the streaming matcher reports it.
  let hitWidth: ClosedRange<Int>
  /// Bytes that a secret has at least.
  let secretWidth: Int
  /// Bytes that a match can begin with.
  let first: ByteSet
  let validator: Validator?
  /// Lower case.
  let keywords: [[UInt8]]

  init(_ rule: DetectorRule, _ pattern: String, order: Int) throws(DetectorError) {
    self.rule = rule
    self.order = order
    let place = "\(rule.file):\(rule.line)"
    let node: PatternNode
    do {
      node = try PatternParser.parse(pattern)
    } catch {
      throw DetectorError(
        code: .pattern, place: place,
        sentence: "\(rule.id): at byte \(error.offset) of the pattern \(pattern) should be \(error.expected)",
        remedy: "correct the pattern")
    }
    let short = node.shortened
    guard short.width.lowerBound > 0, short.width.lowerBound <= InspectionLimits.maximumHitBytes else {
      throw DetectorError(
        code: .pattern, place: place,
        sentence: "\(rule.id): the pattern \(pattern) can be empty, or is longer than what is kept in memory",
        remedy: "let it begin with something certain, and keep it short")
    }
    program = PatternProgram(node)
    hyperscanText = short.hyperscanText
    hitWidth = short.width.lowerBound...min(short.width.upperBound, InspectionLimits.maximumHitBytes)
    secretWidth = (node.captured ?? node).width.lowerBound
    first = node.first
    keywords = rule.keywords.map { Array($0.lowercased().utf8) }
    validator = rule.validator.flatMap { Validator.named($0) }
    if let name = rule.validator, validator == nil {
      throw DetectorError(
        code: .validator, place: place, sentence: "\(rule.id): there is no check named \(name)",
        remedy: "name one of \(Validator.all.map(\.name).joined(separator: ", "))")
    }
  }
}
