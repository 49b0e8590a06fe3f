/// The answer for findings that no rule can tell apart.
struct FindingVerdict {
  let kind: FindingKind
  let verdict: Verdict
  /// Into the question's findings.
  var indices: [Int]
}
