package import Evidence

/// What finds tables among the things that others find, as lists of detectors name it.
package enum RecordDetector {
  static let customers = "customer-records"
  static let transactions = "transaction-records"

  /// For lists; they have no patterns.
  package static let rules = [
    DetectorRule(
      id: customers, name: "Records of people", dataClass: .personal, grade: .redact, patterns: [],
      sources: ["docs/inspect.md"]),
    DetectorRule(
      id: transactions, name: "Records of accounts or payments", dataClass: .financial, grade: .redact, patterns: [],
      sources: ["docs/inspect.md"]),
  ]
}
