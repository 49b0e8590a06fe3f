package import Crypto
internal import Evidence

/// What stands for a value that was taken out: `REDACTED_github_token_7kq2mzx4pa`.
///
/// Letters, digits and underscores, so that it means the same in JSON, in JSON within JSON, in a shell, a URL and a name
/// in code, and models copy it as one word. What it stands for cannot be told from it without the key.
package enum PlaceholderText {
  /// What all begin with; no other letter is a capital, so that none begins within another.
  package static let beginning = Array("REDACTED_".utf8)

  /// Letters and digits at the end: fifty bits.
  private static let digits = 10
  private static let longestKind = 40
  package static let longest = beginning.count + longestKind + 1 + digits

  /// - Parameters:
  ///   - detector: what found the value; a part of the placeholder, so that a model knows what is missing.
  ///   - attempt: counts from 0, where an earlier one stands for another value.
  package static func make(for value: [UInt8], detector: String, key: SymmetricKey, attempt: UInt8 = 0) -> [UInt8] {
    let kind = detector.utf8.prefix(longestKind).map { byte -> UInt8 in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      default: UInt8(ascii: "_")
      }
    }
    let code = HMAC<SHA256>.authenticationCode(for: kind + [0, attempt] + value, using: key)
    return beginning + kind + [UInt8(ascii: "_")] + code.prefix(digits).map { alphabet[Int($0 & 31)] }
  }

  /// Without the letters and digits that look alike.
  private static let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)

  static let letters = ByteSet("abcdefghijklmnopqrstuvwxyz0123456789_".utf8)
}
