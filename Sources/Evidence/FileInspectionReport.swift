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

  /// A file, or a part of one, that was not looked into.
  package struct Gap: Sendable, Hashable {
    package let path: String
    package let reason: String
    /// Whether nothing at all was seen of the file, as where it cannot be read, or no more of it, as where it asked for
    /// more than any needs; else a part of it was not decoded.
    package let isWhole: Bool

    package init(path: String, reason: String, isWhole: Bool) {
      self.path = path
      self.reason = reason
      self.isWhole = isWhole
    }
  }
}

extension FileInspectionReport: JSONRepresentable {
  package var json: JSONValue {
    [
      "version": 1, "files": .integer(files), "bytes": .integer(bytes),
      "findings": .array(findings.map(\.json)),
      "notLookedInto": .array(
        gaps.map { ["path": .string($0.path), "reason": .string($0.reason), "whole": .bool($0.isWhole)] }),
    ]
  }
}
