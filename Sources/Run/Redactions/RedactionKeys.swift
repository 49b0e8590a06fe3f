internal import Crypto

/// The two keys of what was taken out: one names, one seals (RFC 5869 from one of 32 random bytes).
struct RedactionKeys {
  let naming: SymmetricKey
  let sealing: SymmetricKey

  /// - Throws: ``RunError`` with `.state` where the key file cannot be made, or is not ours alone.
  init(_ path: String) throws(RunError) {
    let key = SymmetricKey(data: try KeyFile.loadOrCreate(path))
    func derived(_ purpose: String) -> SymmetricKey {
      HKDF<SHA256>.deriveKey(
        inputKeyMaterial: key, info: Array("sallyport redaction \(purpose)".utf8), outputByteCount: 32)
    }
    naming = derived("naming")
    sealing = derived("sealing")
  }
}
