internal import Crypto
package import Evidence

/// What an installation's hashes of values are made with: without the key nobody can make the hash of a guess, and so
/// nobody can ask an index whether the table had it.
package struct TableKey: Sendable {
  let hash: ValueHash.Key
  /// The key of the last step; it has no inverse that the first step could be read from.
  let last: (UInt64, UInt64)
  let seal: Secret<SymmetricKey>
  let names: Secret<SymmetricKey>

  /// - Parameter secret: the installation's, 32 random bytes.
  package init(_ secret: Secret<[UInt8]>) {
    let root = secret.withValue { SymmetricKey(data: $0) }
    let numbers = Self.numbers("values", root, count: 259)
    hash = ValueHash.Key(ofByte: Array(numbers[..<256]), base: numbers[256] | 1)
    last = (numbers[257], numbers[258])
    seal = Secret(Self.key("seal", root))
    names = Secret(Self.key("names", root))
  }

  private static func key(_ purpose: String, _ root: SymmetricKey) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: root, info: Array("sallyport tables 1 \(purpose)".utf8), outputByteCount: 32)
  }

  private static func numbers(_ purpose: String, _ root: SymmetricKey, count: Int) -> [UInt64] {
    let key = key(purpose, root)
    var numbers: [UInt64] = []
    var counter = UInt16(0)
    while numbers.count < count {
      let code = Array(
        HMAC<SHA256>.authenticationCode(for: [UInt8(counter >> 8), UInt8(counter & 0xff)], using: key))
      for start in stride(from: 0, to: 32, by: 8) {
        numbers.append(code[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) })
      }
      counter += 1
    }
    return numbers
  }

  /// The number that an index keeps of a value.
  func stored(_ hash: UInt64) -> UInt64 { SipHash.of(hash, key: last) }

  /// The name of a table's file.
  func fileName(of path: String) -> String {
    let bytes = names.withValue { Array(HMAC<SHA256>.authenticationCode(for: Array(path.utf8), using: $0)) }
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.prefix(8).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
