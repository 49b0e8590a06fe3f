/// Checks of credentials that are something in base64.
enum EncodedCredentials {
  /// RFC 7519 §3: a header that is JSON and names its algorithm; an unsigned one is no credential to speak of.
  static func jsonWebToken(_ token: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let dot = token.firstIndex(of: UInt8(ascii: ".")), let header = Base64.decode(token[..<dot]) else {
      return .refuted
    }
    guard header.first == UInt8(ascii: "{"), contains(header, #""alg""#) else { return .refuted }
    return contains(header, #""none""#) ? .doubtful : .confirmed
  }

  /// RFC 7468 text around DER, or OpenSSH's own format; the older one may have header lines first.
  static func privateKey(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    if text.starts(with: "PuTTY-".utf8) { return .confirmed }
    let dashes = Array("-----".utf8)
    var body = text[...]
    if let begin = body.firstRange(of: dashes) { body = body[begin.upperBound...] }
    if let label = body.firstRange(of: dashes) { body = body[label.upperBound...] }
    if let end = body.firstRange(of: dashes) { body = body[..<end.lowerBound] }
    let lines = body.split { $0 == 0x0a || $0 == 0x0d }.filter { !$0.contains(UInt8(ascii: ":")) }
    // Quoted in source code, the lines are indented.
    let characters = lines.joined().filter { $0 != 0x20 && $0 != 0x09 }
    guard let bytes = Base64.decode(characters), bytes.count >= 32 else { return .doubtful }
    let isDER = bytes[0] == 0x30
    let isOpenSSH = bytes.starts(with: "openssh-key-v1".utf8)
    let isEncrypted = contains(Array(text), "ENCRYPTED")
    let isOpenPGP = bytes[0] & 0x80 != 0
    return isDER || isOpenSSH || isEncrypted || isOpenPGP ? .confirmed : .doubtful
  }

  /// RFC 7617 §2: `user:password`, neither of them empty.
  static func basic(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let bytes = Base64.decode(text), let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return .refuted }
    let isText = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
    let password = bytes[(colon + 1)...]
    guard isText, colon > 0, !password.isEmpty else { return .refuted }
    return password.withContiguousStorageIfAvailable(PasswordShape.password) ?? .confirmed
  }

  /// The first part is the application's snowflake in base64: 17 to 20 digits.
  static func discord(_ token: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let dot = token.firstIndex(of: UInt8(ascii: ".")), let bytes = Base64.decode(token[..<dot]),
      (17...20).contains(bytes.count)
    else { return .refuted }
    return bytes.allSatisfy { (0x30...0x39).contains($0) } ? .confirmed : .refuted
  }

  /// Azure's account keys are 512 bits.
  static func storageKey(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    Base64.decode(text)?.count == 64 ? .confirmed : .refuted
  }

  static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
    let wanted = Array(text.utf8)
    guard bytes.count >= wanted.count else { return false }
    return (0...bytes.count - wanted.count).contains { bytes[$0..<$0 + wanted.count].elementsEqual(wanted) }
  }
}
