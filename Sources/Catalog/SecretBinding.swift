package import Patterns

/// A secret that agents read from a variable, and the only hosts that it may reach.
package struct SecretBinding: Sendable, Hashable {
  package let name: String
  package let hosts: [DestinationPattern]
  /// What a placeholder begins with, so that the tool takes it for a key.
  package let prefix: String
  /// What follows, and how many.
  package let alphabet: Alphabet
  package let length: Int
  /// Whether it is sent as it is; false for a key that only signs, which no placeholder can stand for on the wire.
  package let isSent: Bool
  package let source: FactSource

  package enum Alphabet: String, Sendable, Hashable, CaseIterable {
    case base62
    case hex
    case upperBase32 = "upper-base32"

    package var characters: [Character] {
      switch self {
      case .base62: Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
      case .hex: Array("0123456789abcdef")
      case .upperBase32: Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
      }
    }
  }

  /// A value of the right form that opens nothing.
  package func placeholder(using source: inout some RandomNumberGenerator) -> String {
    let characters = alphabet.characters
    return prefix + String((0..<length).map { _ in characters[Int.random(in: 0..<characters.count, using: &source)] })
  }
}
