internal import Evidence

extension PolicyDocument {
  func sourceSteps(for subject: PreparedQuestion, verdicts: [SourceVerdict]) -> [ExplainedStep] {
    let question = subject.question
    guard !sourceRules.isEmpty else { return [] }
    let files = Self.files(in: question.attributed)
    let covering = coverage.rules(for: files, at: question.place)
    var steps: [ExplainedStep] = []
    for (file, rules) in zip(files, covering).prefix(PolicyLimits.explainedFindings) {
      let statement = SourceExcerpt(file.path, question.attributed.sources[file.ranges]).description
      let answer = verdicts.first { $0.path == file.path }?.verdict
      for (index, rule) in sourceRules.enumerated() {
        let failure =
          rule.firstFailing(for: subject)?.mismatch(with: subject)
          ?? amountFailure(of: index, isCovered: rules.contains(index), files, covering, question)
        steps.append(step(rule, statement, failure: failure, answer: answer))
      }
    }
    for verdict in verdicts {
      guard case .notCompared(let statement) = verdict.matter else { continue }
      for rule in sourceRules {
        let failure =
          rule.firstFailing(for: subject)?.mismatch(with: subject)
          ?? (rule.action.isRestraint ? nil : "what is not known opens nothing")
        steps.append(step(rule, statement, failure: failure, answer: verdict.verdict))
      }
    }
    return steps
  }

  private func step(_ rule: PolicyRule, _ statement: String, failure: String?, answer: Verdict?) -> ExplainedStep {
    let reference = rule.reference
    let outcome: ExplainedStep.Outcome =
      if let failure { .fails(failure) } else if let answer, answer.rule != reference {
        .overtaken(by: answer.rule)
      } else { .answers }
    return ExplainedStep(
      rule: reference, action: outcome == .answers ? answer?.action ?? rule.action : rule.action,
      matter: .source(statement), outcome: outcome, decides: false)
  }

  private func amountFailure(
    of index: Int, isCovered: Bool, _ files: [AttributedFile], _ covering: [[Int]], _ question: Question
  ) -> String? {
    guard let condition = sourceRules[index].source else { return nil }
    guard isCovered else { return "it does not cover this file" }
    let found = amount(of: index, files, covering, question)
    if let lines = condition.lines, !lines.holds(for: found.lines) {
      return "lines sent are \(found.lines), not \(lines.text)"
    }
    if let share = condition.share, !share.holds(for: found.share) {
      return "share is \(found.share / 100) %, not \(share.text)"
    }
    return nil
  }
}
