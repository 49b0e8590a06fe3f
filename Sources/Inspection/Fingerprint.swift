internal import Crypto
package import Evidence

/// A keyed hash by which equal things are known on one installation, and nothing is known of them elsewhere.
package enum Fingerprint {
  /// HMAC-SHA-256, its first 16 bytes in hexadecimal digits.
  static func of(_ bytes: some Collection<UInt8>, key: SymmetricKey) -> String {
    hexadecimal(HMAC<SHA256>.authenticationCode(for: Array(bytes), using: key))
  }

  fileprivate static func hexadecimal(_ code: HMAC<SHA256>.MAC) -> String {
    let digits = Array("0123456789abcdef".utf8)
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

  /// For what is read in pieces.
  package func runningFingerprint() -> RunningFingerprint {
    fingerprintKey.withValue { RunningFingerprint(key: SymmetricKey(data: $0)) }
  }
}

/// The fingerprint of bytes that come one after the other.
package struct RunningFingerprint {
  private var code: HMAC<SHA256>

  fileprivate init(key: SymmetricKey) { code = HMAC<SHA256>(key: key) }

  /// Takes the next bytes.
  package mutating func add(_ bytes: UnsafeRawBufferPointer) { code.update(data: bytes) }

  /// That of all so far.
  package var text: String { Fingerprint.hexadecimal(code.finalize()) }
}
