/// What a policy may hold; the file itself is bounded by `DocumentLimits`.
package enum PolicyLimits {
  /// Rules in one file. Each costs tens of nanoseconds for every message, so a thousand stay within 100 µs.
  package static let rules = 1000
  /// Bytes of a rule's name, which every entry of the ledger repeats.
  package static let nameBytes = 80
  /// Bytes of a reason, which a person reads in a terminal.
  package static let becauseBytes = 400
  /// The most that `limits.head-bytes` may be set to: more than any server takes.
  package static let headBytes = 16 << 20
  /// The most that `limits.head-fields` may be set to.
  package static let headFields = 10_000
  /// The most that `limits.decoding-depth` may be set to: four times what real traffic has, twice over.
  package static let decodingDepth = 32
  /// The most that `limits.response-memory` may be set to, for each answer under way.
  package static let responseMemoryBytes = 1 << 30
  /// Kinds of findings named one by one in an explanation; the rest is counted.
  package static let explainedFindings = 16
}
