internal import Crypto
package import Evidence

/// A keyed hash by which equal things are known on one installation, and nothing is known of them elsewhere.
package enum Fingerprint {
  /// HMAC-SHA-256, its first 16 bytes in hexadecimal digits.
  static func of(_ bytes: some Collection<UInt8>, key: SymmetricKey) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let code = HMAC<SHA256>.authenticationCode(for: Array(bytes), using: key)
    return String(decoding: code.prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// HMAC-SHA-256 under the bytes of a key, its first 16 bytes in hexadecimal digits.
  package static func of(_ bytes: some Collection<UInt8>, key: Secret<[UInt8]>) -> String {
    key.withValue { of(bytes, key: SymmetricKey(data: $0)) }
  }
}

extension DetectorSet {
  /// The fingerprint that findings of exactly these bytes have.
  package func fingerprint(of bytes: some Collection<UInt8>) -> String {
    fingerprintKey.withValue { Fingerprint.of(bytes, key: $0) }
  }
}
