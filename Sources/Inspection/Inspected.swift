package import Evidence

/// What was found in a message, and how much of it was looked at.
package struct Inspected: Sendable, Hashable {
  /// In the order of their places; none twice.
  package let findings: [Finding]
  /// Bytes as they were received, all of which were inspected.
  package let inspectedBytes: Int

  package init(findings: [Finding], inspectedBytes: Int) {
    self.findings = findings
    self.inspectedBytes = inspectedBytes
  }
}
