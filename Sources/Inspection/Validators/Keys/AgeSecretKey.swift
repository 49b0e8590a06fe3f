/// The secret keys of age: bech32 in upper case.
///
/// - Source: <https://age-encryption.org/v1>; BIP-173.
enum AgeSecretKey {
  /// What fails may be one with a typing error, still worth hiding.
  static func check(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    Bech32.decode(text, prefix: "age-secret-key-")?.kind == .bech32 ? .confirmed : .doubtful
  }
}
