internal import Documents
internal import Evidence

/// `findings`: what findings of a class must be before a rule is asked about them.
package struct FindingThreshold: Sendable, Hashable {
  let dataClass: DataClass
  /// Less certain ones do not count.
  let grade: Grade
  /// Different values in one message; where there are fewer, none counts.
  let atLeast: Int
  let place: DocumentPlace

  /// Those that may have one: a canary and what cannot be read count always.
  static let classes = DataClass.allCases.filter { $0 != .canary && $0 != .opaque }

  var reference: RuleReference {
    RuleReference(name: "findings: \(dataClass.rawValue)", file: place.file, line: place.line)
  }

  /// `below grade redact`, `fewer than 10 different values`, or both; `nil` where everything counts.
  var leftOut: String? {
    let parts =
      (grade == .note ? [] : ["those below grade \(grade.rawValue)"])
      + (atLeast > 1 ? ["fewer than \(atLeast) different ones in a message"] : [])
    return parts.isEmpty ? nil : parts.joined(separator: ", and ")
  }
}
