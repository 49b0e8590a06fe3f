/// What the catalogue may hold; one file is bounded by `DocumentLimits`.
package enum CatalogLimits {
  /// Files in one directory of the catalogue. The bundled one has about sixty.
  package static let files = 2000
  /// Bytes of a request's body that a fact may ask about: the beginning, where JSON APIs put what tells them apart.
  package static let bodyPrefixBytes = 4096
  /// Bytes of a quiet answer.
  package static let quietBytes = 4096
  /// Bytes of a version as it is written. Semantic versions with build metadata and Python's local ones stay below 40.
  package static let versionBytes = 64
  /// Phrases of one detector.
  package static let words = 10_000
  /// Bytes of one phrase.
  package static let wordBytes = 200
  /// Letters and digits that a phrase has at least: what is shorter stands in every text.
  package static let wordLetters = 4
  /// Parts of a phrase between its spaces.
  package static let wordParts = 8
}
