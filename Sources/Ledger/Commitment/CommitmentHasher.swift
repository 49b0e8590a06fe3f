internal import Crypto
package import Evidence

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
