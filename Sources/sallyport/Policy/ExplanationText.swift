internal import Evidence
internal import Policy
internal import Presentation

/// What a policy says of a request, for people: the decision first, then what else had a say, then the rest.
struct ExplanationText {
  let lines: [Line]

  init(_ question: Question, _ decision: Decision, _ steps: [ExplainedStep], isVerbose: Bool) {
    let others = steps.filter { !$0.decides && $0.outcome.applies }
    let failing = steps.filter { !$0.outcome.applies }
    var lines = Self.answer(question, decision)
    if !others.isEmpty {
      lines += [Line(), Line(Piece("These rules matched too:", .muted))]
      lines += others.map { Line(Piece("  \($0.rule): \($0.action.rawValue) — \($0.outcome.sentence)\($0.subject)")) }
    }
    if isVerbose, !failing.isEmpty {
      lines += [Line(), Line(Piece("These did not apply:", .muted))]
      lines += failing.map { step in
        Line(Piece("  \(step.rule): \(step.action.rawValue) — \(step.outcome.sentence)\(step.subject)", .muted))
      }
    } else if let rest = Self.rest(steps) {
      lines += [Line(), Line(Piece(rest, .muted))]
    }
    self.lines = lines
  }

  private static func answer(_ question: Question, _ decision: Decision) -> [Line] {
    let tint: Tint =
      switch decision.action {
      case .allow, .report: .good
      case .redact, .ask: .notice
      case .block: .bad
      }
    var lines = [
      Line(Piece("\(question.method) \(question.destination)\(question.path)", .strong)),
      row("decision", decision.action.rawValue, tint),
      row("rule", "\(decision.rule)"),
    ]
    // What the rule's writer says, before what was seen.
    let because = decision.reasons.filter { $0.subject == "rule" } + decision.reasons.filter { $0.subject != "rule" }
    lines += because.map { row("because", $0.statement) }
    if !decision.remedy.isEmpty { lines.append(row("remedy", decision.remedy)) }
    return lines
  }

  /// How many rules had no say at all.
  private static func rest(_ steps: [ExplainedStep]) -> String? {
    let applied = Set(steps.filter(\.outcome.applies).map(\.rule))
    let count = Set(steps.map(\.rule)).subtracting(applied).count
    guard count > 0 else { return nil }
    return "\(count) more rule\(count == 1 ? "" : "s") did not apply; --verbose says why."
  }

  private static func row(_ name: String, _ text: String, _ tint: Tint? = nil) -> Line {
    Line(Piece("  " + name + String(repeating: " ", count: max(1, 10 - name.count)), .muted), Piece(text, tint))
  }
}

extension ExplainedStep {
  /// What a rule was asked about, where that is not the request itself.
  fileprivate var subject: String {
    switch matter {
    case .route: ""
    case .finding(let text), .source(let text): ", about \(text)"
    }
  }
}

extension ExplainedStep.Outcome {
  var sentence: String {
    switch self {
    case .answers: "answers"
    case .overtaken(let rule): "applies, but \(rule.name) answered first"
    case .fails(let condition): condition
    }
  }

  fileprivate var applies: Bool { if case .fails = self { false } else { true } }
}
