internal import Evidence

extension RunFacts {
  /// What is done about a decision: itself, or in a run that only reports, the telling of it.
  ///
  /// What policy is not asked about stays stopped: broken and misdirected messages, and whatever could not be recorded.
  func settled(_ decision: Decision) -> Decision {
    guard isReportOnly, let deed = decision.action.deed else { return decision }
    let statement =
      "it would have been \(deed) by rule '\(decision.rule.name)' (\(decision.rule.file):\(decision.rule.line))"
    return Decision(
      action: .report, rule: decision.rule,
      reasons: decision.reasons + [.init(subject: Decision.Reason.observed, statement: statement)])
  }
}

extension Action {
  /// What it does to a message, where it does anything.
  fileprivate var deed: String? {
    switch self {
    case .allow, .report: nil
    case .redact: "sent without what was found in it"
    case .ask: "held for a person to decide"
    case .block: "blocked"
    }
  }
}
