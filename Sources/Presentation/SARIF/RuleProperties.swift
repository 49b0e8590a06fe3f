internal import Evidence

/// What is said of a detector beside its name, in the words that GitHub's code scanning reads: how bad, and how sure.
///
/// - Source: GitHub, "SARIF support for code scanning", `reportingDescriptor` object.
struct RuleProperties {
  let json: JSONValue

  /// - Parameter finding: one of the detector's.
  init(_ finding: Finding) {
    json = [
      "tags": ["security", .string(finding.dataClass.rawValue)],
      "security-severity": .string(Self.score(finding.severity)), "precision": .string(Self.precision(finding.grade)),
    ]
  }

  /// The middle of the range that is shown by the same word: critical from 9.0, high from 7.0, medium from 4.0 on.
  private static func score(_ severity: Severity) -> String {
    switch severity {
    case .critical: "9.5"
    case .high: "8.0"
    case .medium: "5.5"
    case .low: "2.0"
    }
  }

  private static func precision(_ grade: Grade) -> String {
    switch grade {
    case .block: "very-high"
    case .redact: "high"
    case .note: "low"
    }
  }
}
