internal import Evidence
internal import Inspection

/// A detector of made-up tokens, so that these tests do not depend on the catalogue.
enum Tokens {
  static let rule = DetectorRule(
    id: "tok", name: "Token", grade: .block, patterns: [#"\btok_[a-z0-9]{16}(?![a-z0-9])"#], examples: ["-"],
    counterExamples: ["-"], sources: ["-"])
  /// As the catalogue calls addresses, by which people sign changes off.
  static let address = DetectorRule(
    id: "email-address", name: "Address", dataClass: .personal, grade: .note, patterns: [#"\bmail_[a-z0-9]{8}"#])
  static let faint = DetectorRule(
    id: "faint", name: "Faint", dataClass: .personal, grade: .note, patterns: [#"\bfaint_[a-z0-9]{8}"#])

  static let one = "tok_a1b2c3d4e5f6g7h8"
  static let other = "tok_z9y8x7w6v5u4t3s2"

  private static let compiled = Result {
    try DetectorSet(
      rules: [rule, faint, address], canaries: [Array("canary-of-the-tests".utf8)],
      fingerprintKey: Secret(Array("a key of the tests".utf8)))
  }

  static func detectors() throws -> DetectorSet { try compiled.get() }
}
