package import Evidence

/// The findings of a run as a SARIF log, for tools that gather findings from many places.
///
/// It holds no content: detectors, places and fingerprints, as the report does. Which lines of a file a finding stands
/// in is not known from a report; the lines that were in the same message are told as related, and nothing more is
/// claimed.
///
/// - Source: OASIS SARIF 2.1.0 with Errata 01.
package struct ReportSARIF: Sendable {
  let report: RunReport

  package init(_ report: RunReport) {
    self.report = report
  }

  package var json: JSONValue {
    [
      "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      "version": "2.1.0", "runs": [run],
    ]
  }

  private var run: JSONValue {
    let rules = rules
    let positions = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($0.element.detector, $0.offset) })
    return [
      "tool": ["driver": ["name": "Sallyport", "rules": .array(rules.map(Self.descriptor))]],
      // §3.17.3: what it was, then which of them it was.
      "automationDetails": ["id": .string("sallyport-run/\(report.run.text)")],
      "invocations": [
        [
          "startTimeUtc": .string(report.started.description), "endTimeUtc": .string(report.ended.description),
          "exitCode": .integer(report.exitStatus), "executionSuccessful": .bool(!report.isEndedFromOutside),
        ]
      ],
      "originalUriBaseIds": [
        FileURI.workspaceName: ["uri": .string(FileURI(directory: report.workspace).text)]
      ],
      "results": .array(
        report.exchanges.flatMap { exchange in
          exchange.findings.map { FindingResult(report.run, exchange, $0, rule: positions[$0.detector] ?? 0).json }
        }),
    ]
  }

  /// One finding of each detector, by its name.
  private var rules: [Finding] {
    var seen: [String: Finding] = [:]
    for finding in report.exchanges.lazy.flatMap(\.findings) where seen[finding.detector] == nil {
      seen[finding.detector] = finding
    }
    return seen.values.sorted { $0.detector < $1.detector }
  }

  private static func descriptor(_ finding: Finding) -> JSONValue {
    [
      "id": .string(finding.detector),
      "shortDescription": [
        "text": SARIFText("\(finding.detector): \(finding.dataClass.rawValue) in what an agent sends").json
      ],
      "defaultConfiguration": ["level": .string(finding.grade.level)],
      "properties": RuleProperties(finding).json,
    ]
  }
}

extension Grade {
  /// §3.27.10.
  var level: String {
    switch self {
    case .block: "error"
    case .redact: "warning"
    case .note: "note"
    }
  }
}
