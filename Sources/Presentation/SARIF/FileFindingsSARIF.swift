package import Evidence

/// Findings in files as a SARIF log, for tools that gather findings from many places.
///
/// It holds no content: detectors, places and fingerprints.
///
/// - Source: OASIS SARIF 2.1.0 with Errata 01.
package struct FileFindingsSARIF: Sendable {
  private let report: FileInspectionReport
  private let names: [String: String]
  private let many: ManyThings

  /// - Parameter names: of detectors, for people, by their ids.
  package init(_ report: FileInspectionReport, names: [String: String]) {
    self.report = report
    self.names = names
    many = ManyThings(report.findings)
  }

  package var json: JSONValue {
    let rules = rules
    let positions = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($0.element.detector, $0.offset) })
    return [
      "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        [
          "tool": ["driver": ["name": "Sallyport", "rules": .array(rules.map(descriptor))]],
          "automationDetails": ["id": "sallyport-inspect/"],
          // §3.14.17: what columns count.
          "columnKind": "unicodeCodePoints",
          "invocations": [
            [
              "executionSuccessful": .bool(report.openGaps.isEmpty),
              "toolExecutionNotifications": .array(report.gaps.map(Self.notification)),
            ]
          ],
          "results": .array(report.findings.map { result($0, rule: positions[$0.finding.detector] ?? 0) }),
        ]
      ],
    ]
  }

  /// One finding of each detector, by its name.
  private var rules: [Finding] {
    var seen: [String: Finding] = [:]
    for finding in report.findings.lazy.map(\.finding) where seen[finding.detector] == nil {
      seen[finding.detector] = finding
    }
    return seen.values.sorted { $0.detector < $1.detector }
  }

  private func descriptor(_ finding: Finding) -> JSONValue {
    [
      "id": .string(finding.detector),
      "shortDescription": ["text": SARIFText(names[finding.detector] ?? finding.detector).json],
      "defaultConfiguration": ["level": .string(finding.grade.level)],
      "properties": RuleProperties(finding).json,
    ]
  }

  private func result(_ finding: FileFinding, rule: Int) -> JSONValue {
    let inner = finding.finding
    var properties: [String: JSONValue] = [
      "class": .string(inner.dataClass.rawValue), "grade": .string(inner.grade.rawValue),
      "severity": .string(inner.severity.rawValue), "layers": .array(inner.layers.map { .string($0) }),
    ]
    properties["table"] = inner.ownRow.map { .string($0.table) }
    properties["records"] = inner.table.map { .integer($0.records) }
    properties["more"] = inner.more.map { .integer($0) }
    properties["commit"] = finding.commit.map { .string($0) }
    var members: [String: JSONValue] = [
      "ruleId": .string(inner.detector), "ruleIndex": .integer(rule), "kind": "fail",
      "level": .string(inner.grade.level),
      "message": ["text": SARIFText(sentence(finding)).json],
      "locations": [["physicalLocation": location(finding)]], "properties": .object(properties),
    ]
    members["partialFingerprints"] = inner.fingerprint.map { ["sallyportFinding/v1": .string($0)] }
    members["suppressions"] = finding.allowance.map { [Self.suppression($0)] }
    return .object(members)
  }

  private func sentence(_ finding: FileFinding) -> String {
    let inner = finding.finding
    let layers = inner.layers.isEmpty ? "" : ", under " + inner.layers.joined(separator: ", then ")
    let name = (names[inner.detector] ?? inner.detector) + (inner.ownRow.map { " \($0.table)" } ?? "")
    if let more = inner.more, let all = many.sentence(of: finding) { return "\(name): \(more.grouped) more; \(all)." }
    let isInName = finding.isInName ? ", in the file's name" : ""
    return name + (inner.table.map { ": \($0.records.grouped)" } ?? "") + isInName + layers + "."
  }

  private func location(_ finding: FileFinding) -> JSONValue {
    let file: JSONValue = ["uri": .string(FileURI(path: finding.path).text)]
    // §3.29.4: without a region it is the whole file.
    if finding.finding.more != nil || finding.isInName { return ["artifactLocation": file] }
    return [
      "artifactLocation": file,
      "region": [
        "startLine": .integer(finding.start.line), "startColumn": .integer(finding.start.column),
        "endLine": .integer(finding.end.line), "endColumn": .integer(finding.end.column),
        "byteOffset": .integer(finding.finding.span.start), "byteLength": .integer(finding.finding.span.count),
      ],
    ]
  }

  /// §3.35.
  private static func suppression(_ allowance: FileFinding.Allowance) -> JSONValue {
    switch allowance {
    case .inline(let reason): ["kind": "inSource", "justification": SARIFText(reason).json]
    case .baseline: ["kind": "external", "justification": "It is in the baseline."]
    case .planted: ["kind": "external", "justification": "It is a canary where it was planted."]
    }
  }

  private static func notification(_ gap: FileInspectionReport.Gap) -> JSONValue {
    [
      "level": .string(gap.isInBaseline ? "note" : "error"),
      "message": ["text": SARIFText("\(gap.path) was not looked into: \(gap.reason).").json],
    ]
  }
}
