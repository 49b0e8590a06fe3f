/// A text with signatures beneath it (C2SP signed-note), well formed but not yet verified.
package struct SignedNote: Sendable, Hashable {
  /// What is signed; ends with a newline.
  package let text: String
  package let signatures: [Signature]

  /// One signature line.
  package struct Signature: Sendable, Hashable {
    package let keyName: String
    package let keyID: UInt32
    /// What the key's type defines; 64 bytes for Ed25519.
    package let bytes: [UInt8]

    package init(keyName: String, keyID: UInt32, bytes: [UInt8]) {
      self.keyName = keyName
      self.keyID = keyID
      self.bytes = bytes
    }

    fileprivate var line: String { "— \(keyName) \(Base64.encode(BigEndian.bytes(keyID) + bytes))\n" }
  }

  init(text: String, signatures: [Signature]) {
    self.text = text
    self.signatures = signatures
  }

  /// Reads a note. Every departure from the one canonical form is refused.
  package init(_ bytes: [UInt8]) throws(LedgerError) {
    guard bytes.count <= LedgerLimits.noteBytes else {
      throw LedgerError(.tooLarge, place: "note", "a note of \(bytes.count) bytes is past \(LedgerLimits.noteBytes)")
    }
    guard let note = String(validating: bytes, as: UTF8.self) else { throw Self.malformed("the note is not UTF-8") }
    guard bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0a }) else {
      throw Self.malformed("the note holds a control character other than newline")
    }
    guard bytes.last == 0x0a else { throw Self.malformed("the note does not end with a newline") }
    // On bytes: Swift's characters would take a newline and what follows it for one where the text says so.
    guard let end = Self.lastEmptyLine(bytes) else { throw Self.malformed("no empty line stands before signatures") }
    text = String(decoding: bytes[...end], as: UTF8.self)
    var signatures: [Signature] = []
    for line in note.utf8.dropFirst(end + 2).dropLast().split(separator: 0x0a, omittingEmptySubsequences: false) {
      guard signatures.count < LedgerLimits.noteSignatures else {
        throw LedgerError(.tooLarge, place: "note", "more than \(LedgerLimits.noteSignatures) signatures")
      }
      signatures.append(try Self.signature(String(Substring(line))))
    }
    self.signatures = signatures
  }

  /// The offset of the newline that ends the text: the last one that another newline follows.
  private static func lastEmptyLine(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 2 else { return nil }
    return (1..<bytes.count).last { bytes[$0] == 0x0a && bytes[$0 - 1] == 0x0a }.map { $0 - 1 }
  }

  private static func signature(_ line: String) throws(LedgerError) -> Signature {
    let parts = line.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false).map { String($0) }
    guard parts.count == 3, Array(parts[0].utf8) == Array("—".utf8), VerifierKey.isName(parts[1]),
      let bytes = Base64.decode(parts[2]), bytes.count > 4
    else { throw malformed("a signature line is not '— <name> <base64>'") }
    return Signature(keyName: parts[1], keyID: BigEndian.read(UInt32.self, bytes, at: 0), bytes: Array(bytes[4...]))
  }

  private static func malformed(_ sentence: String) -> LedgerError {
    LedgerError(.malformed, place: "note", sentence)
  }

  /// The note as it is stored and served.
  package var bytes: [UInt8] { Array((text + "\n" + signatures.map(\.line).joined()).utf8) }

  /// Checks the signatures by `key`; unknown ones are not looked at.
  ///
  /// - Throws: `.untrusted` where the key has not signed, or where one of its signatures fails.
  package func verify(with key: VerifierKey) throws(LedgerError) {
    let known = signatures.filter { $0.keyID == key.keyID && Array($0.keyName.utf8) == Array(key.name.utf8) }
    guard !known.isEmpty else {
      throw LedgerError(.untrusted, place: "note", "no signature by \(key.name)+\(key.keyIDText)")
    }
    guard known.allSatisfy({ key.isValid(signature: $0.bytes, of: Array(text.utf8)) }) else {
      throw LedgerError(.untrusted, place: "note", "the signature by \(key.name)+\(key.keyIDText) fails")
    }
  }
}
