internal import Crypto
internal import Evidence

/// HMAC-SHA-256 (RFC 2104) under a run's salt key, which is taken in once.
struct SaltDerivation: Sendable {
  private let keyed: HMAC<SHA256>

  init(key: Secret<[UInt8]>) {
    keyed = key.withValue { HMAC(key: SymmetricKey(data: $0)) }
  }

  func salt(_ name: String) -> Secret<[UInt8]> {
    var code = keyed
    code.update(data: Array(name.utf8))
    return Secret(Array(code.finalize()))
  }
}
