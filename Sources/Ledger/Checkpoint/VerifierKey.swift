internal import Crypto

/// A log's public key as auditors pin it: `<name>+<key ID>+<base64 of type and key>` (C2SP signed-note).
package struct VerifierKey: Sendable, Hashable {
  /// Ed25519 over the note's text.
  static let ed25519: UInt8 = 0x01

  package let name: String
  /// The first four bytes of the SHA-256 of name, newline, type and key.
  package let keyID: UInt32
  let publicKey: [UInt8]

  init(name: String, publicKey: [UInt8]) {
    self.name = name
    self.publicKey = publicKey
    keyID = Self.keyID(name: name, type: Self.ed25519, publicKey: publicKey)
  }

  /// Reads a vkey. Only Ed25519 keys are known.
  package init(_ text: String) throws(LedgerError) {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, Self.isName(parts[0]) else {
      throw Self.malformed("expected '<name>+<8 hexadecimal digits>+<base64>'")
    }
    guard let key = Base64.decode(parts[2]), key.count == 33, key[0] == Self.ed25519 else {
      throw Self.malformed("expected an Ed25519 key (type 1, 32 bytes) after the last '+'")
    }
    self.init(name: String(parts[0]), publicKey: Array(key[1...]))
    guard parts[1].utf8.count == 8,
      Hexadecimal.decode(parts[1]).map({ BigEndian.read(UInt32.self, $0, at: 0) }) == keyID
    else { throw Self.malformed("the key ID is not that of this name and key") }
  }

  package var text: String { "\(name)+\(keyIDText)+\(Base64.encode([Self.ed25519] + publicKey))" }

  var keyIDText: String { Hexadecimal.encode(BigEndian.bytes(keyID)) }

  /// The ID that a key name, a signature type and a key have together (C2SP signed-note).
  static func keyID(name: String, type: UInt8, publicKey: [UInt8]) -> UInt32 {
    let hash = TreeHash.sha256(Array(name.utf8) + [0x0a, type] + publicKey)
    return BigEndian.read(UInt32.self, hash.bytes, at: 0)
  }

  /// Not empty, without Unicode spaces and plus signs.
  static func isName(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.count <= LedgerLimits.keyNameBytes
      && text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 }
  }

  func isValid(signature: some Collection<UInt8>, of text: [UInt8]) -> Bool {
    guard signature.count == 64, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
      return false
    }
    return key.isValidSignature(Array(signature), for: text)
  }

  private static func malformed(_ sentence: String) -> LedgerError {
    LedgerError(.malformed, place: "verifier key", sentence, remedy: "take the key from the ledger's key.pub file")
  }
}

extension VerifierKey: CustomStringConvertible {
  package var description: String { text }
}
