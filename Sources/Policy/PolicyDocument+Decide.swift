package import Evidence

extension PolicyDocument {
  /// What happens to a message, by which rule, and what would change it.
  ///
  /// Three kinds of rules are asked. Of those that speak neither about findings nor about files, the first that applies
  /// says whether the message may go where it is going. Of those about findings, for each finding the first that applies
  /// and covers it says whether that may be inside; of those about files, likewise for each file, where one covers it.
  /// **The strictest of all these answers is the decision**: block, ask, redact, report, allow.
  ///
  /// - Complexity: linear in rules and findings; about a microsecond for a built-in posture.
  package func decide(_ question: Question) -> Decision {
    let verdicts = verdicts(on: question)
    let deciding = verdicts.deciding
    var reasons = Self.reasons(for: question, verdicts)
    if !deciding.because.isEmpty { reasons.append(Decision.Reason(subject: "rule", statement: deciding.because)) }
    if let statement = deciding.statement { reasons.append(Decision.Reason(subject: "answer", statement: statement)) }
    return Decision(
      action: deciding.action, rule: deciding.rule, reasons: reasons,
      remedy: deciding.action.isRestraint ? remedy(for: verdicts, question: question) : "")
  }

  /// Which findings must not leave where the decision is ``Action/redact``: indices into the question's findings,
  /// ascending. Where the route says redact, that is all but those that a rule allows by their class.
  package func redactions(_ question: Question) -> [Int] {
    let verdicts = verdicts(on: question)
    let isWhole = verdicts.route.action == .redact
    let cut = verdicts.findings.filter { $0.verdict.action == .redact || (isWhole && $0.verdict.action != .allow) }
    return cut.flatMap(\.indices).sorted()
  }

  /// Which findings an entry of `allow-findings` lets through: indices into the question's findings, and the entry.
  package func allowances(_ question: Question) -> [Int: RuleReference] {
    guard !allowedFindings.isEmpty else { return [:] }
    let exemptions = FindingExemptions(question, allowed: allowedFindings, thresholds: [:])
    var allowances: [Int: RuleReference] = [:]
    for (index, finding) in question.findings.enumerated() {
      if case .allowed(let entry)? = exemptions[finding] { allowances[index] = entry.reference }
    }
    return allowances
  }

  /// Classes with a threshold that the message reaches: they count for what is left of it, too.
  package func countedClasses(_ question: Question) -> Set<DataClass> {
    thresholds.isEmpty ? [] : FindingExemptions(question, allowed: allowedFindings, thresholds: thresholds).counted
  }

  func verdicts(on question: Question) -> Verdicts {
    let subject = PreparedQuestion(question, granted: privateAddresses)
    return Verdicts(
      route: answered(route(for: subject), about: .route, by: question), findings: findingVerdicts(for: subject),
      sources: sourceVerdicts(for: subject))
  }

  private func route(for subject: PreparedQuestion) -> Verdict {
    let question = subject.question
    guard question.protocolName == .uninspected else {
      return routeRules.first { $0.applies(to: subject) }.map(Verdict.init) ?? closed
    }
    if let rule = rules[..<ownRuleCount].first(where: { $0.isRoute && $0.applies(to: subject) }),
      rule.action.isRestraint
    {
      return Verdict(rule)
    }
    guard let grant = uninspectedGrant(for: question.destination, agent: question.agent) else { return closed }
    return Verdict(action: .report, rule: Self.reference(to: grant), because: grant.because)
  }

  static let nothingAllows = "nothing allows it"

  /// Every posture ends with a rule for everything; this stands behind it all the same.
  private var closed: Verdict {
    Verdict(
      action: .block, rule: RuleReference(name: Self.nothingAllows, file: file, line: 1),
      because: "What no rule speaks about does not leave.")
  }

  func findingVerdicts(for subject: PreparedQuestion) -> [FindingVerdict] {
    let findings = subject.question.findings
    guard !findings.isEmpty else { return [] }
    let applying = findingRules.filter { $0.applies(to: subject) }
    var verdicts: [FindingVerdict] = []
    var known: [Alike: Int] = [:]
    let exemptions = FindingExemptions(subject.question, allowed: allowedFindings, thresholds: thresholds)
    // What somebody agreed to, and what not, are two answers though they are of one kind.
    let isOneByOne = !subject.question.agreed.isEmpty
    for (index, finding) in findings.enumerated() {
      let kind = FindingKind(finding)
      let exemption = exemptions[finding]
      let alike = Alike(kind: kind, exemption: exemption)
      if !isOneByOne, let position = known[alike] {
        verdicts[position].indices.append(index)
        continue
      }
      let place = finding.place.description
      known[alike] = verdicts.count
      if let exemption {
        verdicts.append(
          FindingVerdict(kind: kind, verdict: exemption.verdict, exemption: exemption, indices: [index]))
        continue
      }
      let rule = applying.first { $0.finding?.covers(finding, in: place) == true }
      let unasked = finding.place == .answer ? observed : closed
      let verdict = rule.map(Verdict.init).map { Self.possible($0, for: finding) } ?? unasked
      let answered = answered(verdict, about: .init(finding), by: subject.question)
      verdicts.append(FindingVerdict(kind: kind, verdict: answered, exemption: nil, indices: [index]))
    }
    return verdicts
  }

  /// Findings that get one answer for one reason.
  private struct Alike: Hashable {
    let kind: FindingKind
    let exemption: FindingExemption?
  }

  /// What could not be decoded cannot be cut out, and a name asked of a resolver cannot be changed; of an answer nothing
  /// is cut out, and nobody is asked while it comes.
  private static func possible(_ verdict: Verdict, for finding: Finding) -> Verdict {
    if finding.place == .answer, verdict.action.isRestraint {
      return Verdict(action: .block, rule: verdict.rule, because: verdict.because)
    }
    guard verdict.action == .redact, finding.dataClass == .opaque || finding.place == .domainName else {
      return verdict
    }
    return Verdict(action: .block, rule: verdict.rule, because: verdict.because)
  }

  func answered(_ verdict: Verdict, about thing: Agreement.Thing, by question: Question) -> Verdict {
    guard verdict.action == .ask,
      let answer = question.agreed.contains(verdict.rule, thing) ? .yes : question.answer
    else { return verdict }
    var verdict = verdict
    verdict.action = answer == .yes ? .report : .block
    verdict.statement =
      switch answer {
      case .yes: "A person said yes."
      case .no: "A person said no."
      case .silence: "Nobody answered in time, which counts as no."
      }
    return verdict
  }

  private static func reasons(for question: Question, _ verdicts: Verdicts) -> [Decision.Reason] {
    var reasons: [Decision.Reason] = []
    let endpoint = question.endpoint.map { " (\($0))" } ?? ""
    switch question.purpose {
    case .unknown:
      reasons.append(
        Decision.Reason(
          subject: "purpose", statement: "Nothing in the catalogue describes this request to \(question.shown)."))
    default:
      reasons.append(
        Decision.Reason(
          subject: "purpose",
          statement: "This is \(question.purpose.rawValue) traffic to \(question.shown)\(endpoint)."))
    }
    switch question.protocolName {
    case .http1, .http2: break
    case let name:
      reasons.append(Decision.Reason(subject: "protocol", statement: "It is spoken over \(name.rawValue)."))
    }
    return reasons + findingReasons(verdicts.findings) + sourceReasons(verdicts.sources)
  }

  static func findingReasons(_ findings: [FindingVerdict]) -> [Decision.Reason] {
    var reasons = findings.prefix(PolicyLimits.explainedFindings).map { entry in
      let count = entry.indices.count
      return Decision.Reason(
        subject: "finding", statement: (count > 1 ? "\(count) times " : "") + entry.statement)
    }
    if findings.count > PolicyLimits.explainedFindings {
      reasons.append(
        Decision.Reason(
          subject: "finding", statement: "and \(findings.count - PolicyLimits.explainedFindings) more kinds"))
    }
    return reasons
  }

  private static func sourceReasons(_ sources: [SourceVerdict]) -> [Decision.Reason] {
    var reasons = sources.prefix(PolicyLimits.explainedFindings).map {
      Decision.Reason(subject: "source", statement: $0.statement)
    }
    if sources.count > reasons.count {
      reasons.append(
        Decision.Reason(subject: "source", statement: "and \(sources.count - reasons.count) more files"))
    }
    return reasons
  }
}
