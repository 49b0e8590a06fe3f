package import Evidence

/// What stands in the ledger for content that does not: `SHA-256("sallyport/commit/v1\n" || salt || content)`.
///
/// Who has the salt and the content can show that they belong to the entry. Without the salt it says nothing, not even
/// about content that can be guessed.
package struct Commitment: Sendable, Hashable {
  static let prefix = Array("sallyport/commit/v1\n".utf8)
  static let saltBytes = 32

  package let hash: TreeHash

  package init(hash: TreeHash) { self.hash = hash }

  /// For the ledger entry: canonical base64 of 32 bytes.
  package var text: String { hash.base64 }

  package init?(text: String) {
    guard let hash = TreeHash(base64: text) else { return nil }
    self.hash = hash
  }

  /// Commits to content at hand, with a new random salt.
  package static func make(_ content: [UInt8]) -> (commitment: Commitment, salt: Secret<[UInt8]>) {
    var hasher = CommitmentHasher()
    content.withUnsafeBytes { hasher.update($0) }
    return hasher.finish()
  }

  /// Whether this is the commitment to `content` with `salt`.
  package func opens(_ content: [UInt8], salt: Secret<[UInt8]>) -> Bool {
    salt.withValue { salt in
      salt.count == Self.saltBytes && TreeHash.sha256(Self.prefix, salt, content) == hash
    }
  }
}

extension Commitment {
  /// Commits to `content` with a salt of the caller's: one that it can derive again, so that nothing need be kept.
  ///
  /// - Parameter salt: 32 bytes that nobody can guess; with fewer, short content could be found by trying.
  package static func make(_ content: some Sequence<UInt8>, salt: Secret<[UInt8]>) -> Commitment {
    salt.withValue { salt in
      var hasher = CommitmentHasher(salt: salt)
      hasher.update(content)
      return hasher.finish().commitment
    }
  }
}
