internal import Documents
internal import Evidence

/// `allow-findings`: one value that may be inside, known by its fingerprint so that it is written down nowhere.
package struct AllowedFinding: Sendable, Hashable {
  /// As reports show it: 32 hexadecimal digits.
  let fingerprint: String
  let because: String
  /// The last moment at which it holds; `nil` for good.
  let until: Timestamp?
  let place: DocumentPlace

  var reference: RuleReference {
    RuleReference(name: "allow-findings: \(fingerprint.prefix(8))", file: place.file, line: place.line)
  }

  static let fingerprintForm = "a fingerprint as reports show it: 32 digits of 0-9 and a-f"
  static let dateForm = "a date such as 2027-06-30, the last day of it in UTC"

  static func fingerprint(_ text: String) -> String? {
    let isOne =
      text.utf8.count == 32 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    return isOne ? text : nil
  }

  /// The end of a day.
  static func lastMoment(of day: String) -> Timestamp? { Timestamp("\(day)T23:59:59.999Z") }
}
