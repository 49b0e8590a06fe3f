internal import Attribution
internal import Catalog
internal import Decoding
internal import Evidence
internal import Inspection
internal import Policy
internal import Wire

/// An inspected message and what policy says of it.
struct Decided {
  let inspected: Inspected
  var decision: Decision
  /// The body to send in place of the client's own.
  var redactedBody: [UInt8]?
  /// The lines of files that are in ``redactedBody``: what was cut out of a line has not left.
  var redactedAttribution: MessageAttribution?

  var attribution: MessageAttribution { redactedAttribution ?? inspected.attribution }
  /// What an entry of the policy let through, by its number among the findings.
  private var allowances: [Int: RuleReference] = [:]
  /// What a person said, where one was asked about this message.
  private(set) var answer: Answer?

  static func decide(_ inspected: Inspected, _ question: Question, by engines: Engines, run: RunFacts) -> Decided {
    var decided = Decided(inspected, run.settled(engines.policy.decide(question)))
    decided.allowances = engines.policy.allowances(question)
    return decided
  }

  init(_ inspected: Inspected, _ decision: Decision) {
    self.inspected = inspected
    self.decision = decision
  }

  /// Each with the entry of the policy that let it through.
  private var findings: [Finding] {
    var findings = inspected.findings
    for (index, entry) in allowances { findings[index].allowedBy = entry }
    return findings
  }

  /// What policy is asked about a message.
  ///
  /// - Parameters:
  ///   - sent: what went to the same host before.
  ///   - agreed: what a person said yes to in its earlier pieces.
  static func question(
    about inspected: Inspected, run: RunFacts, sent: SentBefore.Amount, agreed: Agreement
  ) -> Question {
    let captured = inspected.captured
    let recognition = inspected.recognition
    var question = Question(
      subject: run.subject, agent: captured.origin.agent, destination: captured.destination,
      endpoint: recognition.endpoint, vendor: recognition.vendor,
      isOwnVendor: recognition.isOwnVendor,
      purpose: recognition.purpose, method: captured.method, path: captured.target,
      protocolName: captured.protocolName, findings: inspected.findings, bytes: inspected.bodyBytes, time: run.now(),
      place: run.place)
    question.fieldBytes = inspected.fieldBytes
    question.sentBytes = sent.bytes
    question.sentLines = sent.lines
    question.attributed = inspected.attribution.attributed
    question.agreed = agreed
    let shown = inspected.maskedDestination
    if shown != captured.destination { question.shownDestination = shown }
    return question
  }

  /// The message as it stands in the record.
  ///
  /// - Parameter started: when its first piece came, where this is one more.
  func exchange(
    sequence: Int, run: RunFacts, _ attributed: Attributed, started: Timestamp? = nil
  ) -> Exchange {
    let captured = inspected.captured
    let destination = inspected.maskedDestination
    var exchange = Exchange(
      sequence: sequence, started: started ?? run.now(), agent: captured.origin.agent, program: captured.origin.program,
      destination: destination, protocolName: captured.protocolName, method: inspected.maskedMethod,
      path: inspected.maskedTarget, endpoint: inspected.recognition.endpoint, purpose: inspected.recognition.purpose,
      findings: findings, decision: decision,
      requestBytes: inspected.totalBytes,
      inspectedBytes: inspected.inspectedBytes, requestBodyBytes: inspected.bodyBytes)
    exchange.attributed = attributed
    return exchange
  }

  /// With what a person said among the reasons.
  ///
  /// - Parameter asked: the decision that asked; its rule stays among the reasons where another one answers now.
  func with(_ answer: Answer, asked: Decision) -> Decided {
    var settled = self
    settled.answer = answer
    // A policy that still asks after an answer gets the careful reading of it.
    let action = decision.action == .ask ? (answer.isYes ? .allow : .block) : decision.action
    let question =
      asked.rule == decision.rule
      ? []
      : asked.reasons.filter { $0.subject == "rule" } + [.init(subject: "rule", statement: "Asked by \(asked.rule)")]
    settled.decision = Decision(
      action: action, rule: decision.rule,
      // Where it was said is known here only.
      reasons: decision.reasons.filter { $0.subject != "answer" } + question + [
        .init(subject: "answer", statement: answer.statement)
      ],
      remedy: decision.remedy)
    return settled
  }

  /// With what policy wants taken out of the body replaced, or blocked where that cannot be done.
  ///
  /// What is put in its place is inspected again, and policy asked again: only a body in which nothing is left goes on.
  func redacting(_ body: [UInt8]?, _ question: Question, by engines: Engines) -> Decided {
    let findings = engines.policy.redactions(question).map { inspected.findings[$0] }
    guard findings.allSatisfy({ $0.place == .body }) else {
      return blocked(because: "a finding outside the body cannot be redacted")
    }
    guard let body else { return blocked(because: "the body is no longer held, so it cannot be redacted") }
    if let signature = inspected.captured.bodySignature {
      return blocked(because: "the request is signed (\(signature)), so nothing can be taken out of its body")
    }
    var redaction = RedactedBody(body, of: inspected.captured, engines)
    guard redaction.take(findings), redaction.replaced > 0 else {
      return blocked(because: "its encoding leaves no way to redact it and keep it whole")
    }
    var settled = self
    var again = question
    again.counted = engines.policy.countedClasses(question)
    for _ in 0..<EnforcementLimits.redactionPasses {
      let (left, attribution) = redaction.inspectedAgain()
      let sifted = FindingSieve(inspected.recognition, inspected.captured, engines).sift(left)
      again.findings = sifted
      switch engines.policy.decide(again).action {
      case .block, .ask: return blocked(because: "something was still found after redaction")
      case .redact: break
      case .allow, .report:
        settled.redactedAttribution = attribution
        settled.redactedBody = redaction.bytes
        return settled
      }
      guard redaction.take(engines.policy.redactions(again).map { sifted[$0] }) else { break }
    }
    return blocked(because: "something was still found after redaction")
  }

  private func blocked(because statement: String) -> Decided {
    var settled = self
    settled.decision = Decision(
      action: .block, rule: decision.rule,
      reasons: decision.reasons + [.init(subject: "redaction", statement: statement)], remedy: decision.remedy)
    return settled
  }
}

extension Inspected {
  /// The method, or the names of what was found in it.
  fileprivate var maskedMethod: String {
    let found = findings.filter { $0.place == .header(HeadLines.method) }
    return found.isEmpty ? captured.method : found.map { "<\($0.detector)>" }.joined()
  }

  /// The target with every finding in it replaced by its detector's name.
  fileprivate var maskedTarget: String {
    let found = findings.filter { $0.place == .requestTarget }
    return found.isEmpty ? captured.target : MaskedText(captured.target, found).text
  }

  /// The destination without what was found in the name that it has been given.
  fileprivate var maskedDestination: Destination {
    let found = findings.filter { $0.grade != .note && ($0.place == .header("host") || $0.place == .domainName) }
    guard !found.isEmpty, let named = captured.authority ?? captured.fields.first(named: "host") else {
      return captured.destination
    }
    // A name that is asked of the resolver is the target, not the destination.
    guard named.lowercased().hasPrefix(captured.destination.host.lowercased()) else { return captured.destination }
    let inName = found.filter { $0.span.start < captured.destination.host.utf8.count }
    return Destination(
      host: MaskedText(captured.destination.host, inName).text, port: captured.destination.port)
  }
}
