/// The answer for findings that no rule can tell apart.
struct FindingVerdict {
  let kind: FindingKind
  let verdict: Verdict
  /// Why no rule was asked, where none was.
  let exemption: FindingExemption?
  /// Into the question's findings.
  var indices: [Int]

  /// What was found, and why it was let through where no rule says so.
  var statement: String { kind.description + (exemption.map { ", \($0.remark)" } ?? "") }
}
