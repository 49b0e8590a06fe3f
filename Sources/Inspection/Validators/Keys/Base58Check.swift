/// Base58Check: bytes in base 58, whose last four are the beginning of the SHA-256 of the SHA-256 of the others.
///
/// - Source: <https://en.bitcoin.it/wiki/Base58Check_encoding>; private keys
///   <https://en.bitcoin.it/wiki/Wallet_import_format>; extended keys BIP-32; XRP Ledger
///   <https://xrpl.org/docs/references/protocol/data-types/base58-encodings>, whose alphabet has another order.
enum Base58Check {
  /// The longest there is: an extended key has 112 characters.
  private static let longest = 120

  /// A private key as wallets export it: main or test network, with or without the mark of a compressed public key.
  static func privateKey(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let payload = payload(text, Base58.bitcoin), let version = payload.first else { return .refuted }
    let isCompressed = payload.count == 34 && payload.last == 1
    return Validator.Verdict([0x80, 0xef].contains(version) && (payload.count == 33 || isCompressed))
  }

  /// An extended private key: 78 bytes, the last 33 of them a zero and the key. The version is in the pattern.
  static func extendedPrivateKey(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let payload = payload(text, Base58.bitcoin) else { return .refuted }
    return Validator.Verdict(payload.count == 78 && payload[45] == 0)
  }

  /// A seed of the XRP Ledger: 16 bytes behind the version, which is of three bytes for Ed25519.
  static func ledgerSeed(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let payload = payload(text, Base58.ripple) else { return .refuted }
    let isEd25519 = payload.count == 19 && payload.starts(with: [0x01, 0xe1, 0x4b])
    return Validator.Verdict(isEd25519 || payload.count == 17 && payload[0] == 0x21)
  }

  /// - Returns: the bytes without their checksum; `nil` where that is wrong.
  private static func payload(_ text: UnsafeBufferPointer<UInt8>, _ alphabet: [UInt8]) -> [UInt8]? {
    text.count <= longest ? Base58.checked(text, alphabet) : nil
  }
}
