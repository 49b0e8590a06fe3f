/// Secrets whose shape is in their words or digits rather than in a checksum.
enum WrittenSecrets {
  /// Words that English text has and BIP-39's list has not.
  private static let otherWords: Set<[UInt8]> = Set(
    [
      "the", "and", "for", "are", "was", "were", "with", "from", "not", "has", "had", "have", "been", "but", "its",
      "they", "their", "which", "would", "may", "must", "here", "his", "her", "our", "than", "see", "per",
      "each", "either", "should", "could", "does", "did", "how", "why", "who", "because", "phrase", "mnemonic",
    ].map { Array($0.utf8) })
  private static let counts: Set<Int> = [12, 15, 18, 21, 24]

  /// A wallet's recovery phrase: 12, 15, 18, 21 or 24 words of three to eight letters, hardly any of them twice. Which
  /// words there are is not looked at: the list is not part of this program.
  ///
  /// - Source: BIP-39.
  static func recoveryPhrase(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let words = text.split(omittingEmptySubsequences: true) { $0 == 0x20 || $0 == 0x0a || $0 == 0x0d || $0 == 0x09 }
      .map { $0.map { $0 | 0x20 } }
    guard counts.contains(words.count), Set(words).count >= words.count - 2 else { return .refuted }
    return Validator.Verdict(
      words.allSatisfy { word in
        (3...8).contains(word.count) && word.allSatisfy { (0x61...0x7a).contains($0) } && !otherWords.contains(word)
      })
  }

  /// Cisco's type 7: where in a fixed text the key begins, in two decimal digits, and a byte in two digits each.
  ///
  /// - Source: <https://passlib.readthedocs.io/en/stable/lib/passlib.hash.cisco_type7.html>.
  static func ciscoType7(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count >= 4, text.count % 2 == 0, (0x30...0x39).contains(text[0]), (0x30...0x39).contains(text[1]) else {
      return .refuted
    }
    let start = Int(text[0] - 0x30) * 10 + Int(text[1] - 0x30)
    return Validator.Verdict(start < 53)
  }

  /// A value of a Kubernetes Secret: base64 of text that is no placeholder.
  static func encodedValue(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count % 4 == 0, let bytes = Base64.decode(text), bytes.count >= PasswordShape.shortest else {
      return .refuted
    }
    let trimmed = bytes.last == 0x0a ? bytes.dropLast() : bytes[...]
    guard trimmed.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else { return .doubtful }
    return Array(trimmed).withUnsafeBufferPointer(PasswordShape.password)
  }
}
