/// The phrases that lead to patterns, by their hashes.
struct LeadPhrases: Sendable {
  /// The numbers of those that have the hash, in the vocabulary.
  let numbers: [UInt64: [Int]]
  let filter: PhraseFilter
}
