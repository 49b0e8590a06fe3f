internal import Evidence

/// Detectors' rules, made ready to look: whatever of them does not depend on where and for whom they look.
struct CompiledRules: Sendable {
  let rules: [DetectorRule]
  let patterns: [CompiledPattern]
  /// What is looked for: first by the database's numbers, then by those of the shapes.
  let leads: [Lead]
  let shapes: ShapeTable
  let leadWords: LeadWords
  let turnedWords: TurnedWords
  let vocabulary: ContextVocabulary
  let wordLists: WordLists

  /// - Returns: the rules, and what the streaming matcher is to look for, as Hyperscan reads it.
  static func compiled(from rules: [DetectorRule]) throws(DetectorError) -> (rules: CompiledRules, texts: [String]) {
    guard !rules.isEmpty else {
      throw DetectorError(
        code: .engine, place: "the detectors", sentence: "there are none", remedy: "install the catalogue's detectors")
    }
    let compilation = try PatternCompilation(rules)
    let (leadWords, words) = LeadWords.leading(to: compilation.patterns, compilation.vocabulary)
    let leads = Lead.all(of: compilation, words)
    let shapes = Lead.shapes(of: compilation.searches)
    let compiled = CompiledRules(
      rules: rules, patterns: compilation.patterns, leads: leads.map(\.lead) + shapes.map(\.lead),
      shapes: ShapeTable(shapes.enumerated().map { ($1.shape, leads.count + $0) }), leadWords: leadWords,
      turnedWords: TurnedWords(of: rules, beside: leadWords.phrases), vocabulary: compilation.vocabulary,
      wordLists: try WordLists(of: rules))
    return (compiled, leads.map(\.hyperscanText))
  }
}

extension CompiledRules: ArchivedValue {
  init(from archive: inout ArchiveReader) throws(DamagedArchive) {
    let rules: [DetectorRule] = try archive.list { archive throws(DamagedArchive) in try archive.value() }
    self.rules = rules
    patterns = try archive.list { archive throws(DamagedArchive) in try CompiledPattern(from: &archive, rules) }
    leads = try archive.list { archive throws(DamagedArchive) in try archive.value() }
    shapes = try archive.value()
    leadWords = try archive.value()
    turnedWords = try archive.value()
    vocabulary = try archive.value()
    wordLists = try WordLists(from: &archive, of: rules)
  }

  func write(to archive: inout ArchiveWriter) {
    archive.write(rules)
    archive.write(patterns) { $1.write(to: &$0) }
    archive.write(leads)
    archive.write(shapes)
    archive.write(leadWords)
    archive.write(turnedWords)
    archive.write(vocabulary)
    wordLists.write(to: &archive)
  }
}
