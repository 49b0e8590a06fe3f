/// Why a stored `report.json` cannot be shown: which member is not what this release of Sallyport can read.
package struct ReportError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The member, as `exchanges[3].rule.line`; empty for the whole.
  package let member: String
  package let sentence: String

  package init(_ member: String, _ sentence: String) {
    self.member = member
    self.sentence = sentence
  }

  package var description: String { member.isEmpty ? "The report \(sentence)." : "\(member) \(sentence)." }

  /// The same, seen from the object that holds the member.
  func within(_ holder: String) -> ReportError {
    let separator = member.isEmpty || member.hasPrefix("[") ? "" : "."
    return ReportError(holder + separator + member, sentence)
  }
}
