internal import Crypto
package import Evidence
package import OwnTables

/// Detectors made ready to look: compiled once, used by any number of threads.
package final class DetectorSet: Sendable {
  package let compiled: CompiledDetectors
  let ownTables: KnownTables
  let canaries: PatternDatabase?
  let canaryLiterals: [[UInt8]]
  /// Of those, how many are a run's own; the others somebody planted.
  let ownCanaries: Int
  let scratches: ScratchPool
  let fingerprintKey: Secret<SymmetricKey>
  /// By detector, the vendors that its credentials are for; none for those that anybody might give out.
  package let issuers: [String: Set<String>]
  /// By detector, how bad what it finds is, where that is not as bad as its class.
  let severities: [String: Severity]

  package var rules: [DetectorRule] { compiled.rules.rules }
  var patterns: [CompiledPattern] { compiled.rules.patterns }
  var leads: [Lead] { compiled.rules.leads }
  var shapes: ShapeTable { compiled.rules.shapes }
  var leadWords: LeadWords { compiled.rules.leadWords }
  var turnedWords: TurnedWords { compiled.rules.turnedWords }
  var vocabulary: ContextVocabulary { compiled.rules.vocabulary }
  var wordLists: WordLists { compiled.rules.wordLists }
  var database: PatternDatabase? { compiled.database }

  /// - Parameters:
  ///   - canaries: exact bytes whose presence anywhere is a finding of class `canary`, such as a run's credential
  ///     placeholders.
  ///   - planted: such as somebody planted to see where they turn up; found as `planted-canary`.
  ///   - fingerprintKey: the installation's; equal secrets have equal fingerprints under one key only.
  ///   - ownTables: those whose values are findings.
  package init(
    _ compiled: CompiledDetectors, canaries: [[UInt8]] = [], planted: [[UInt8]] = [], ownTables: KnownTables = .none,
    fingerprintKey: Secret<[UInt8]>
  ) throws(DetectorError) {
    self.compiled = compiled
    issuers = Self.issuers(of: compiled.rules.rules)
    severities = Self.severities(of: compiled.rules.rules)
    self.ownTables = ownTables
    canaryLiterals = canaries + planted
    ownCanaries = canaries.count
    self.canaries = try Self.compile(canaries: canaryLiterals)
    scratches = try ScratchPool(for: [compiled.database, self.canaries].compactMap { $0 })
    self.fingerprintKey = fingerprintKey.withValue { Secret(SymmetricKey(data: $0)) }
  }

  /// Compiles the rules: see ``CompiledDetectors``.
  package convenience init(
    rules: [DetectorRule], canaries: [[UInt8]] = [], ownTables: KnownTables = .none, fingerprintKey: Secret<[UInt8]>,
    cacheDirectory: String? = nil
  ) throws(DetectorError) {
    let compiled = try CompiledDetectors(rules, cacheDirectory: cacheDirectory)
    try self.init(compiled, canaries: canaries, ownTables: ownTables, fingerprintKey: fingerprintKey)
  }

  /// The same detectors with other canaries.
  package convenience init(_ other: DetectorSet, canaries: [[UInt8]], planted: [[UInt8]] = []) throws(DetectorError) {
    try self.init(
      other.compiled, canaries: canaries, planted: planted, ownTables: other.ownTables, fingerprintKey: other.keyBytes)
  }

  /// Other detectors with the canaries and the key of these.
  package func with(_ compiled: CompiledDetectors) throws(DetectorError) -> DetectorSet {
    try DetectorSet(
      compiled, canaries: Array(canaryLiterals.prefix(ownCanaries)),
      planted: Array(canaryLiterals.dropFirst(ownCanaries)),
      fingerprintKey: keyBytes)
  }

  private var keyBytes: Secret<[UInt8]> {
    Secret(fingerprintKey.withValue { key in key.withUnsafeBytes { Array($0) } })
  }

  private static func issuers(of rules: [DetectorRule]) -> [String: Set<String>] {
    var issuers: [String: Set<String>] = [:]
    for rule in rules where !rule.issuers.isEmpty { issuers[rule.id, default: []].formUnion(rule.issuers) }
    return issuers
  }

  private static func severities(of rules: [DetectorRule]) -> [String: Severity] {
    Dictionary(rules.filter { $0.severity != $0.dataClass.severity }.map { ($0.id, $0.severity) }) { first, _ in first }
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
