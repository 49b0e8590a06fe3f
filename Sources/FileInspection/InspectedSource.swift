internal import Evidence

/// What one content came to.
struct InspectedSource: Sendable {
  let findings: [FileFinding]
  let gaps: [FileInspectionReport.Gap]
  let bytes: Int
  let uncounted: [UncountedComment]

  init(
    findings: [FileFinding] = [], gaps: [FileInspectionReport.Gap] = [], bytes: Int = 0,
    uncounted: [UncountedComment] = []
  ) {
    self.findings = findings
    self.gaps = gaps
    self.bytes = bytes
    self.uncounted = uncounted
  }

  static func unread(_ name: String, _ reason: String) -> InspectedSource {
    InspectedSource(gaps: [.init(path: name, reason: reason)])
  }
}
