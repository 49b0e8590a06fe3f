extension Validator {
  /// Checks of keys and tokens by their own checksums and shapes.
  static let keys: [Validator] = [
    Validator(name: "base58check-private-key", check: Base58Check.privateKey),
    Validator(name: "base58check-extended-key", check: Base58Check.extendedPrivateKey),
    Validator(name: "base58check-ledger-seed", check: Base58Check.ledgerSeed),
    Validator(name: "bech32-age", check: AgeSecretKey.check),
    Validator(name: "nats-seed", check: Base32Keys.natsSeed),
    Validator(name: "stellar-seed", check: Base32Keys.stellarSeed),
    Validator(name: "openpgp-armor", check: ArmoredKey.openPGP),
    Validator(name: "checksum-crc32-hex", check: TokenChecksum.hexadecimal),
    Validator(name: "checksum-atlassian", check: TokenChecksum.atlassian),
    Validator(name: "checksum-gitlab", check: TokenChecksum.gitLab),
    Validator(name: "recovery-phrase", check: WrittenSecrets.recoveryPhrase),
    Validator(name: "cisco-type-7", check: WrittenSecrets.ciscoType7),
    Validator(name: "base64-value", check: WrittenSecrets.encodedValue),
  ]
}
