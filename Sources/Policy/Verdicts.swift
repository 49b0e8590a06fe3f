internal import Evidence

/// All answers to one question.
struct Verdicts {
  let route: Verdict
  let findings: [FindingVerdict]
  let sources: [SourceVerdict]

  /// The strictest; among equals the route's, then the first finding's, then the first file's.
  var deciding: Verdict {
    var deciding = route
    for finding in findings where finding.verdict.action.strictness > deciding.action.strictness {
      deciding = finding.verdict
    }
    for source in sources where source.verdict.action.strictness > deciding.action.strictness {
      deciding = source.verdict
    }
    if deciding.action == .redact, findings.isEmpty { deciding.action = .allow }
    return deciding
  }
}
