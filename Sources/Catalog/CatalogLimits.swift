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
}
