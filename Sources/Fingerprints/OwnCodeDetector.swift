package import Evidence

/// What looks for the organisation's own code, as lists of detectors name it.
package enum OwnCodeDetector {
  package static let copied = "own-code"
  package static let renamed = "own-code-renamed"

  /// For lists; they have no patterns, and look where there is an index.
  package static let rules = [
    DetectorRule(
      id: copied, name: "Own code or text", dataClass: .proprietary, grade: .redact, patterns: [],
      sources: ["docs/index-of-code.md"]),
    DetectorRule(
      id: renamed, name: "Own code, renamed", dataClass: .proprietary, grade: .redact, patterns: [],
      sources: ["docs/index-of-code.md"]),
  ]
}
