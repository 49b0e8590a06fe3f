internal import Crypto
package import Evidence
package import OwnTables

/// Detectors made ready to look: compiled once, used by any number of threads.
package final class DetectorSet: Sendable {
  let patterns: [CompiledPattern]
  /// What is looked for: first by the database's numbers, then by those of the shapes.
  let leads: [Lead]
  let shapes: ShapeTable
  let leadWords: LeadWords
  let turnedWords: TurnedWords
  let vocabulary: ContextVocabulary
  let wordLists: WordLists
  let ownTables: KnownTables
  /// `nil` where words lead to all patterns.
  let database: PatternDatabase?
  let canaries: PatternDatabase?
  let canaryLiterals: [[UInt8]]
  /// Of those, how many are a run's own; the others somebody planted.
  let ownCanaries: Int
  let scratches: ScratchPool
  let fingerprintKey: Secret<SymmetricKey>
  package let rules: [DetectorRule]
  /// By detector, the vendors that its credentials are for; none for those that anybody might give out.
  package let issuers: [String: Set<String>]
  /// By detector, how bad what it finds is, where that is not as bad as its class.
  let severities: [String: Severity]

  /// Compiles the rules, which takes about a second; with a cache directory only where nothing changed since last time.
  ///
  /// - Parameters:
  ///   - canaries: exact bytes whose presence anywhere is a finding of class `canary`, such as a run's credential
  ///     placeholders.
  ///   - fingerprintKey: the installation's; equal secrets have equal fingerprints under one key only.
  ///   - ownTables: those whose values are findings.
  ///   - cacheDirectory: where compiled patterns are kept. A file there that was damaged is compiled anew.
  ///   - willCompile: is called before what takes seconds.
  package init(
    rules: [DetectorRule], canaries: [[UInt8]] = [], ownTables: KnownTables = .none, fingerprintKey: Secret<[UInt8]>,
    cacheDirectory: String? = nil, willCompile: () -> Void = {}
  ) throws(DetectorError) {
    guard !rules.isEmpty else {
      throw DetectorError(
        code: .engine, place: "the detectors", sentence: "there are none", remedy: "install the catalogue's detectors")
    }
    self.rules = rules
    issuers = Self.issuers(of: rules)
    severities = Dictionary(
      rules.filter { $0.severity != $0.dataClass.severity }.map { ($0.id, $0.severity) }
    ) { first, _ in first }
    (patterns, vocabulary) = try CompiledPattern.compile(rules)
    wordLists = try WordLists(of: rules)
    self.ownTables = ownTables
    leadWords = LeadWords(of: patterns, vocabulary)
    turnedWords = TurnedWords(of: rules, beside: leadWords.phrases)
    let leads = Lead.all(of: patterns, leadWords)
    let shapes = Lead.shapes(of: patterns)
    self.leads = leads.map(\.lead) + shapes.map(\.lead)
    self.shapes = ShapeTable(shapes.enumerated().map { ($1.shape, leads.count + $0) })
    database = try Self.compile(leads.map(\.hyperscanText), cacheDirectory, willCompile)
    canaryLiterals = canaries
    ownCanaries = canaries.count
    self.canaries = try Self.compile(canaries: canaries)
    scratches = try ScratchPool(for: [database, self.canaries].compactMap { $0 })
    self.fingerprintKey = fingerprintKey.withValue { Secret(SymmetricKey(data: $0)) }
  }

  /// The same detectors with other canaries: what a new run needs, in milliseconds.
  ///
  /// - Parameter planted: such as somebody planted to see where they turn up; found as `planted-canary`.
  package init(_ other: DetectorSet, canaries: [[UInt8]], planted: [[UInt8]] = []) throws(DetectorError) {
    rules = other.rules
    issuers = other.issuers
    severities = other.severities
    patterns = other.patterns
    leads = other.leads
    shapes = other.shapes
    leadWords = other.leadWords
    turnedWords = other.turnedWords
    vocabulary = other.vocabulary
    wordLists = other.wordLists
    ownTables = other.ownTables
    database = other.database
    canaryLiterals = canaries + planted
    ownCanaries = canaries.count
    self.canaries = try Self.compile(canaries: canaryLiterals)
    scratches = try ScratchPool(for: [database, self.canaries].compactMap { $0 })
    fingerprintKey = other.fingerprintKey
  }

  /// Those of these classes alone, with the same canaries.
  ///
  /// - Returns: `nil` where there are none.
  package convenience init?(
    of classes: Set<DataClass>, from other: DetectorSet, cacheDirectory: String? = nil, willCompile: () -> Void = {}
  ) throws(DetectorError) {
    let rules = other.rules.filter { classes.contains($0.dataClass) }
    guard !rules.isEmpty else { return nil }
    let compiled = try DetectorSet(
      rules: rules, fingerprintKey: other.keyBytes, cacheDirectory: cacheDirectory, willCompile: willCompile)
    try self.init(
      compiled, canaries: Array(other.canaryLiterals.prefix(other.ownCanaries)),
      planted: Array(other.canaryLiterals.dropFirst(other.ownCanaries)))
  }

  private var keyBytes: Secret<[UInt8]> {
    Secret(fingerprintKey.withValue { key in key.withUnsafeBytes { Array($0) } })
  }

  private static func issuers(of rules: [DetectorRule]) -> [String: Set<String>] {
    var issuers: [String: Set<String>] = [:]
    for rule in rules where !rule.issuers.isEmpty { issuers[rule.id, default: []].formUnion(rule.issuers) }
    return issuers
  }

  private static func compile(
    _ texts: [String], _ directory: String?, _ willCompile: () -> Void
  ) throws(DetectorError) -> PatternDatabase? {
    guard !texts.isEmpty else { return nil }
    let cache = directory.map { DatabaseCache(directory: $0, patterns: texts) }
    if let database = cache?.read() { return database }
    willCompile()
    let database = try PatternDatabase(texts)
    cache?.write(database)
    return database
  }

  private static func compile(canaries: [[UInt8]]) throws(DetectorError) -> PatternDatabase? {
    guard !canaries.isEmpty else { return nil }
    guard canaries.count <= InspectionLimits.maximumCanaries, canaries.allSatisfy({ $0.count >= 8 && $0.count <= 512 })
    else {
      throw DetectorError(
        code: .canary, place: "the canaries",
        sentence: "each must be 8 to 512 bytes long, and there may be \(InspectionLimits.maximumCanaries) at most",
        remedy: "plant longer or fewer ones")
    }
    let all = canaries + Turn.allCases.flatMap { turn in canaries.map { turn.turned($0) } }
    return try PatternDatabase(all.map(PatternNode.hyperscanText(of:)))
  }
}
