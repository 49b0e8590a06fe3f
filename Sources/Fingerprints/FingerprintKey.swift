internal import Crypto
package import Evidence

/// What an installation's fingerprints are made with: without the key nobody can make those of a text, and so nobody can
/// ask an index whether it has that text.
package struct FingerprintKey: Sendable {
  let characters: GramTable
  let tokens: GramTable
  let seal: Secret<SymmetricKey>
  /// For names and stamps of files.
  let names: Secret<SymmetricKey>

  /// - Parameter secret: the installation's, 32 random bytes.
  package init(_ secret: Secret<[UInt8]>) {
    let root = secret.withValue { SymmetricKey(data: $0) }
    characters = Self.table("characters", root)
    tokens = Self.table("tokens", root)
    seal = Secret(Self.key("seal", root))
    names = Secret(Self.key("names", root))
  }

  private static func key(_ purpose: String, _ root: SymmetricKey) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: root, info: Array("sallyport fingerprints 1 \(purpose)".utf8), outputByteCount: 32)
  }

  private static func table(_ purpose: String, _ root: SymmetricKey) -> GramTable {
    let key = key(purpose, root)
    var numbers: [UInt64] = []
    for counter in UInt8(0)...64 {
      let code = Array(HMAC<SHA256>.authenticationCode(for: [counter], using: key))
      for start in stride(from: 0, to: 32, by: 8) {
        numbers.append(code[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) })
      }
    }
    return GramTable(numbers: Array(numbers.prefix(256)), multiplier: numbers[256] | 1)
  }

  /// 64 bits of a keyed hash.
  func number(of bytes: [UInt8]) -> UInt64 {
    names.withValue { key in
      HMAC<SHA256>.authenticationCode(for: bytes, using: key).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
  }
}
