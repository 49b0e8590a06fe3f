package import Evidence

/// What looks for the organisation's own code, as lists of detectors name it.
package enum OwnCodeDetector {
  package static let copied = "own-code"
  package static let renamed = "own-code-renamed"

  package static let names: Set<String> = [copied, renamed]

  /// Letters at either end of what was copied that no fingerprint may cover: so far apart are those that are kept.
  package static func margin(of detector: String) -> Int {
    detector == copied ? FingerprintLimits.characterWindow : 3 * FingerprintLimits.tokenWindow
  }

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
