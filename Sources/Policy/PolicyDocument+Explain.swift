internal import Evidence

extension PolicyDocument {
  /// Every rule that was asked, in order, with what it said; agrees with ``decide(_:)``.
  package func explain(_ question: Question) -> [ExplainedStep] {
    let subject = PreparedQuestion(question, granted: privateAddresses)
    let verdicts = verdicts(on: question)
    let deciding = verdicts.deciding
    var steps = routeSteps(for: subject, verdict: verdicts.route)
    for entry in verdicts.findings.prefix(PolicyLimits.explainedFindings) {
      steps += findingSteps(for: question.findings[entry.indices[0]], subject: subject, verdict: entry.verdict)
    }
    steps += sourceSteps(for: subject, verdicts: verdicts.sources)
    var isFound = false
    return steps.map { step in
      let isAnswer =
        step.outcome == .answers && step.rule == deciding.rule && step.action.strictness == deciding.action.strictness
      let decides = !isFound && isAnswer
      isFound = isFound || decides
      return ExplainedStep(
        rule: step.rule, action: step.action, matter: step.matter, outcome: step.outcome, decides: decides)
    }
  }

  private func routeSteps(for subject: PreparedQuestion, verdict: Verdict) -> [ExplainedStep] {
    var steps: [ExplainedStep] = []
    for rule in routeRules {
      let outcome = outcome(
        of: rule, answering: verdict.rule, failure: rule.firstFailing(for: subject), subject: subject)
      steps.append(
        ExplainedStep(
          rule: rule.reference, action: outcome == .answers ? verdict.action : rule.action, matter: .route,
          outcome: outcome, decides: false))
    }
    if !steps.contains(where: { $0.outcome == .answers }) {
      steps.insert(
        ExplainedStep(rule: verdict.rule, action: verdict.action, matter: .route, outcome: .answers, decides: false),
        at: 0)
    }
    return steps
  }

  private func findingSteps(for finding: Finding, subject: PreparedQuestion, verdict: Verdict) -> [ExplainedStep] {
    let matter = ExplainedStep.Matter.finding(FindingKind(finding).description)
    var steps: [ExplainedStep] = []
    for rule in findingRules {
      let failure = rule.firstFailing(for: subject)
      var outcome = outcome(of: rule, answering: verdict.rule, failure: failure, subject: subject)
      if failure == nil, let condition = rule.finding, !condition.covers(finding, in: finding.place.description) {
        outcome = .fails(condition.mismatch(with: finding))
      }
      steps.append(
        ExplainedStep(
          rule: rule.reference, action: outcome == .answers ? verdict.action : rule.action, matter: matter,
          outcome: outcome, decides: false))
    }
    if !steps.contains(where: { $0.outcome == .answers }) {
      steps.append(
        ExplainedStep(rule: verdict.rule, action: verdict.action, matter: matter, outcome: .answers, decides: false))
    }
    return steps
  }

  private func outcome(
    of rule: PolicyRule, answering: RuleReference, failure: Condition?, subject: PreparedQuestion
  ) -> ExplainedStep.Outcome {
    if let failure { return .fails(failure.mismatch(with: subject)) }
    return rule.reference == answering ? .answers : .overtaken(by: answering)
  }
}
