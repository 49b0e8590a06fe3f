internal import Evidence

/// What one content came to.
struct InspectedSource: Sendable {
  let findings: [FileFinding]
  let gaps: [FileInspectionReport.Gap]
  let bytes: Int

  init(findings: [FileFinding] = [], gaps: [FileInspectionReport.Gap] = [], bytes: Int = 0) {
    self.findings = findings
    self.gaps = gaps
    self.bytes = bytes
  }

  static func unread(_ name: String, _ reason: String) -> InspectedSource {
    InspectedSource(gaps: [.init(path: name, reason: reason, isWhole: true)])
  }
}
