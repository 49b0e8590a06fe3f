package import Evidence

/// What comes back. A rule speaks about it where its `found-in` names the answer; what no rule speaks about is on record.
extension PolicyDocument {
  /// Whether any rule could end the answer to a message; where none could, nothing of it has to wait.
  ///
  /// - Parameter question: about the message; what was found in it does not matter.
  package func restrainsAnswers(to question: Question) -> Bool {
    let subject = PreparedQuestion(question, granted: privateAddresses)
    return findingRules.contains { rule in
      rule.finding?.speaksOfAnswers == true && rule.action.isRestraint && rule.applies(to: subject)
    }
  }

  /// What happens to an answer: ``Action/allow``, ``Action/report`` or ``Action/block``.
  ///
  /// - Parameter question: about the message that it answers, with what was found in the answer.
  package func decideAnswer(_ question: Question) -> Decision {
    let subject = PreparedQuestion(question, granted: privateAddresses)
    let verdicts = Verdicts(route: passed, findings: findingVerdicts(for: subject), sources: [])
    let deciding = verdicts.deciding
    var reasons = Self.findingReasons(verdicts.findings)
    if !deciding.because.isEmpty { reasons.append(Decision.Reason(subject: "rule", statement: deciding.because)) }
    return Decision(
      action: deciding.action, rule: deciding.rule, reasons: reasons,
      remedy: deciding.action.isRestraint ? remedy(for: verdicts, question: question) : "")
  }

  private var passed: Verdict {
    Verdict(action: .allow, rule: RuleReference(name: Self.answersPass, file: file, line: 1), because: "")
  }

  /// Stands behind every posture.
  var observed: Verdict {
    Verdict(action: .report, rule: RuleReference(name: Self.answersPass, file: file, line: 1), because: "")
  }

  static let answersPass = "answers are looked at"
}
