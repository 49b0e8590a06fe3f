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

  /// With what somebody else has found in the same bytes.
  package func with(_ others: [Finding]) -> Inspected {
    guard !others.isEmpty else { return self }
    let all = (findings + others).enumerated().sorted { left, right in
      (left.element.span.start, left.element.span.end, left.offset)
        < (right.element.span.start, right.element.span.end, right.offset)
    }
    return Inspected(findings: all.map(\.element), inspectedBytes: inspectedBytes)
  }
}
