internal import Crypto

/// The SHA-256 of content that comes in pieces, for rooms that have no cryptography of their own.
package struct ContentDigest: Sendable {
  private var hash = SHA256()

  package init() {}

  package mutating func add(_ bytes: ArraySlice<UInt8>) { hash.update(data: bytes) }

  /// In hexadecimal.
  package var text: String {
    hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
