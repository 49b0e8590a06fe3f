/// Tokens that carry their own check: prefix, `_`, 30 random characters, CRC-32 of those in six base62 digits.
///
/// - Source: GitHub, "Behind GitHub's new authentication token formats", 2021-04-05; npm uses the same.
package enum Base62Checksum {
  private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
  private static let checksumLength = 6

  static func check(_ token: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let underscore = token.firstIndex(of: UInt8(ascii: "_")), token.count - underscore - 1 > checksumLength else {
      return .doubtful
    }
    let body = token[(underscore + 1)..<(token.count - checksumLength)]
    return token.suffix(checksumLength).elementsEqual(checksum(body)) ? .confirmed : .doubtful
  }

  /// The six digits for a token's random characters.
  package static func checksum(_ body: some Sequence<UInt8>) -> [UInt8] {
    var value = crc32(body)
    var text: [UInt8] = []
    for _ in 0..<checksumLength {
      text.append(digits[Int(value % 62)])
      value /= 62
    }
    return text.reversed()
  }

  /// CRC-32 of ISO 3309, reflected.
  static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value >> 1 ^ (value & 1 == 0 ? 0 : 0xedb8_8320) }
    }
  }
}
