internal import Evidence

/// The patterns of some detectors, and how each is looked for.
struct PatternCompilation {
  private(set) var patterns: [CompiledPattern] = []
  /// By pattern.
  private(set) var searches: [PatternSearch] = []
  private(set) var vocabulary = ContextVocabulary()

  /// Reads the rules' patterns; what several have in common is looked for once.
  init(_ rules: [DetectorRule]) throws(DetectorError) {
    var texts: [String] = []
    var owners: [String: [PatternOwner]] = [:]
    for (order, rule) in rules.enumerated() {
      let owner = try PatternOwner(rule, order: order, &vocabulary)
      for text in rule.patterns {
        if owners[text] == nil { texts.append(text) }
        owners[text, default: []].append(owner)
      }
    }
    for text in texts { try add(text, of: owners[text, default: []]) }
  }

  private mutating func add(_ text: String, of owners: [PatternOwner]) throws(DetectorError) {
    let node = try Self.parse(text, of: owners[0])
    let search = try PatternSearch(node, owners, at: owners[0].rule.place(of: text))
    searches.append(search)
    patterns.append(CompiledPattern(node, owners, isLed: search.isLed))
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
