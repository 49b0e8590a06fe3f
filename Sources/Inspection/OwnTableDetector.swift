package import Evidence

/// The detector of what stands in tables that were indexed.
package enum OwnTableDetector {
  package static let id = "own-table"
  /// Behind all detectors that have a file.
  static let order = 1 << 20

  /// How it is told beside those of the catalogue; its class is what the table was indexed as.
  package static let rules = [
    DetectorRule(
      id: id, name: "Value of your own table", dataClass: .personal, grade: .redact, patterns: [])
  ]
}
