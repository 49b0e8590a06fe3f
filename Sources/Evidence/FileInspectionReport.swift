/// What an inspection of files at rest found, and what it could not look into.
package struct FileInspectionReport: Sendable, Hashable {
  /// By path, then by place. Those that may stay are among them.
  package let findings: [FileFinding]
  /// By path.
  package let gaps: [Gap]
  package let files: Int
  package let bytes: Int
  /// Comments that allow nothing, though they look like it.
  package let uncounted: [UncountedComment]

  package init(
    findings: [FileFinding], gaps: [Gap] = [], files: Int, bytes: Int, uncounted: [UncountedComment] = []
  ) {
    self.findings = findings
    self.gaps = gaps
    self.files = files
    self.bytes = bytes
    self.uncounted = uncounted
  }

  /// Findings that nobody has allowed.
  package var open: [FileFinding] { findings.filter { $0.allowance == nil } }

  /// Gaps that nobody has allowed.
  package var openGaps: [Gap] { gaps.filter { !$0.isInBaseline } }

  /// A file, or a part of one, that was not looked into.
  package struct Gap: Sendable, Hashable {
    package let path: String
    package let reason: String
    /// What it is known by where it was read and a part of it not decoded; `nil` for what was not read.
    package let content: Content?
    /// Whether it was there when a baseline was written.
    package var isInBaseline = false

    package init(path: String, reason: String, content: Content? = nil) {
      self.path = path
      self.reason = reason
      self.content = content
    }

    /// The issue, and the fingerprint of all bytes of the file.
    package struct Content: Sendable, Hashable {
      package let issue: String
      package let fingerprint: String

      package init(issue: String, fingerprint: String) {
        self.issue = issue
        self.fingerprint = fingerprint
      }
    }
  }
}

extension FileInspectionReport: JSONRepresentable {
  package var json: JSONValue {
    [
      "version": 1, "files": .integer(files), "bytes": .integer(bytes),
      "findings": .array(findings.map(\.json)),
      "notLookedInto": .array(gaps.map(\.json)),
    ]
  }
}

extension FileInspectionReport.Gap: JSONRepresentable {
  package var json: JSONValue {
    var members: [String: JSONValue] = ["path": .string(path), "reason": .string(reason)]
    if isInBaseline { members["allowed"] = ["by": "baseline"] }
    return .object(members)
  }
}
