internal import Inspection

/// The text of one canary: tokens that exist nowhere else, in the surroundings that their kind has.
struct CanaryText {
  /// Whole lines.
  let text: String
  /// What is looked for: each is random in 128 bits at least, but an AWS identifier, which has room for 80.
  let tokens: [String]

  /// - Parameter random: one that nobody can guess, but in tests.
  static func make(_ kind: CanaryKind, _ random: inout some RandomNumberGenerator) -> CanaryText {
    switch kind {
    case .aws: aws(&random)
    case .github:
      one("ghp_" + checked(&random)) { "GITHUB_TOKEN=\($0)\n" }
    case .npm:
      one("npm_" + checked(&random)) { "//registry.npmjs.org/:_authToken=\($0)\n" }
    case .database:
      one(characters(24, of: base62, &random)) {
        "DATABASE_URL=postgres://billing_admin:\($0)@db-primary.billing.example:5432/billing\n"
      }
    case .generic:
      one(characters(32, of: base62, &random)) { "API_SECRET_KEY=\($0)\n" }
    case .customer: customer(&random)
    case .document:
      one(characters(26, of: crockford, &random)) {
        "The figures in this draft are confidential until the board has approved them (reference \($0)).\n"
      }
    }
  }

  private static func one(_ token: String, _ text: (String) -> String) -> CanaryText {
    CanaryText(text: text(token), tokens: [token])
  }

  /// Prefix and length as AWS documents them; the secret has 40 characters of base64.
  private static func aws(_ random: inout some RandomNumberGenerator) -> CanaryText {
    let key = "AKIA" + characters(16, of: base32, &random)
    let secret = characters(40, of: base62 + ["+", "/"], &random)
    return CanaryText(
      text: "[billing-prod]\naws_access_key_id = \(key)\naws_secret_access_key = \(secret)\n", tokens: [key, secret])
  }

  /// Thirty characters and their CRC-32, as GitHub and npm have it.
  private static func checked(_ random: inout some RandomNumberGenerator) -> String {
    let body = characters(30, of: base62, &random)
    return body + String(decoding: Base62Checksum.checksum(body.utf8), as: UTF8.self)
  }

  private static func customer(_ random: inout some RandomNumberGenerator) -> CanaryText {
    let given = givenNames.randomElement(using: &random) ?? "Mira"
    let family = familyNames.randomElement(using: &random) ?? "Lindqvist"
    let domain = domains.randomElement(using: &random) ?? "example.com"
    let mark = characters(26, of: base32.map { Character($0.lowercased()) }, &random)
    let address = "\(given).\(family).\(mark)@\(domain)".lowercased()
    return CanaryText(
      text: "customer,email,plan\n\(given) \(family),\(address),enterprise\n", tokens: [address])
  }

  private static func characters(
    _ count: Int, of alphabet: [Character], _ random: inout some RandomNumberGenerator
  ) -> String {
    String((0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] })
  }

  private static let base62 = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
  private static let base32 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
  private static let crockford = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
  private static let givenNames = ["Mira", "Jonas", "Leila", "Tomasz", "Ingrid", "Rafael", "Noor", "Petra"]
  private static let familyNames = [
    "Lindqvist", "Okafor", "Marchetti", "Novak", "Haddad", "Sorensen", "Ibarra", "Keller",
  ]
  /// RFC 2606 §2 and §3.
  private static let domains = ["example.com", "example.net", "example.org"]
}
