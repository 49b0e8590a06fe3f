internal import Crypto
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

/// Commits to content that passes by piece by piece.
package struct CommitmentHasher: ~Copyable {
  private var hasher = SHA256()
  private let salt: [UInt8]

  package init() {
    var random = SystemRandomNumberGenerator()
    self.init(salt: (0..<Commitment.saltBytes).map { _ in UInt8.random(in: 0...255, using: &random) })
  }

  init(salt: [UInt8]) {
    self.salt = salt
    Commitment.prefix.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    salt.withUnsafeBytes { hasher.update(bufferPointer: $0) }
  }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) { hasher.update(bufferPointer: bytes) }

  package mutating func update(_ bytes: some Sequence<UInt8>) {
    let isContiguous: Void? = bytes.withContiguousStorageIfAvailable {
      hasher.update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if isContiguous == nil { Array(bytes).withUnsafeBytes { hasher.update(bufferPointer: $0) } }
  }

  /// - Returns: the commitment for the ledger, and the salt to keep with the content, encrypted.
  package consuming func finish() -> (commitment: Commitment, salt: Secret<[UInt8]>) {
    (Commitment(hash: TreeHash(hasher)), Secret(salt))
  }
}

extension Commitment {
  /// Commits to `content` with a salt of the caller's: one that it can derive again, so that nothing need be kept.
  ///
  /// - Parameter salt: 32 bytes that nobody can guess; with fewer, short content could be found by trying.
  package static func make(_ content: [UInt8], salt: Secret<[UInt8]>) -> Commitment {
    Commitment(hash: salt.withValue { TreeHash.sha256(prefix, $0, content) })
  }
}
