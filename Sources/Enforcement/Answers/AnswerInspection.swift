internal import Decoding
package import Evidence
internal import Inspection
package import NIOCore
internal import Policy
internal import Wire

/// One answer under inspection on its way to the client, from its first byte to its last.
///
/// Bound to the event loop of its connection. It looks for what is meant to steer a model or is hidden from people, and
/// for planted canaries; an answer that no rule could end is looked at beside its way and never waits.
package final class AnswerInspection {
  package let form: AnswerForm
  /// Whether a rule could end the answer.
  package let mayEnd: Bool
  private let terms: AnswerTerms
  private let policy: PolicyDocument
  private let run: RunFacts
  private var inspector: MessageInspector
  /// Of an event stream that is not compressed as a whole.
  private var messages: EventStreamReader?
  private var lastHeaders: [UInt8] = []
  private var takenBytes = 0
  private var hasEnded = false
  /// What of the answer could not be looked into.
  private var gap: Finding?
  private var decision: Decision?

  init(
    _ form: AnswerForm, content: ContentDescription = .none, terms: AnswerTerms, detectors: DetectorSet,
    policy: PolicyDocument, limits: DecodingLimits, run: RunFacts
  ) {
    self.form = form
    self.terms = terms
    self.policy = policy
    self.run = run
    mayEnd = !run.isReportOnly && policy.restrainsAnswers(to: terms.question)
    var limits = limits
    limits.longestDelta = EnforcementLimits.longestAnswerDelta
    if form == .messages, content.contentCodings.isEmpty {
      messages = EventStreamReader(maximumBytes: EnforcementLimits.inspectedAnswerBytes)
    }
    inspector = MessageInspector(detectors, content: content, place: .answer, limits: limits)
  }

  package enum Verdict: Sendable {
    /// What has come may go on.
    case pass
    /// What has come last may be the beginning of something else: the next bytes tell.
    case wait
    /// Nothing more of it goes on.
    case end(EndedAnswer)
  }

  /// Looks at the next bytes of the body as they came.
  package func take(_ bytes: ByteBuffer) {
    guard gap == nil, !hasEnded else { return }
    if messages == nil { look(at: bytes) } else { takeMessages(bytes) }
  }

  /// What is said in the pieces of a text stands behind each other without their frames.
  private func takeMessages(_ bytes: ByteBuffer) {
    messages?.append(bytes)
    do throws(EventStreamError) {
      while let message = try messages?.next() {
        // An error's text stands in a header; most messages have the same few.
        if message.headers != lastHeaders { look(atLine: message.headers) }
        lastHeaders = message.headers
        look(atLine: message.payload)
      }
    } catch {
      missRest()
    }
  }

  private func look(atLine bytes: [UInt8]) {
    look(at: ByteBuffer(bytes: bytes))
    look(at: Self.lineEnd)
  }

  /// What is no message is looked into as it is, and counts as not looked into.
  private func missRest() {
    guard let rest = messages?.rest, rest.readableBytes > 0 else { return }
    messages = nil
    look(at: rest)
    miss("undecodable-body")
  }

  /// Bytes of what came last that belong to a message which is not whole.
  package var unfinishedBytes: Int { messages?.rest.readableBytes ?? 0 }

  private func look(at bytes: ByteBuffer) {
    let room = form == .document ? EnforcementLimits.inspectedAnswerBytes - takenBytes : .max
    bytes.withUnsafeReadableBytes { inspector.inspect(UnsafeRawBufferPointer(rebasing: $0.prefix(room))) }
    takenBytes += min(room, bytes.readableBytes)
    if bytes.readableBytes > room { miss("inspection-limit") }
  }

  /// Looks at the next message of a connection that stays open.
  package func take(message: ByteBuffer) {
    take(message)
    take(Self.lineEnd)
  }

  /// Events are told apart by lines.
  private static let lineEnd = ByteBuffer(bytes: [UInt8(ascii: "\n")])

  /// What comes is none of what its protocol allows, or too much: it is not looked into any more.
  package func miss(_ reason: String) {
    guard gap == nil else { return }
    gap = Finding(
      detector: reason, dataClass: .opaque, grade: .block, place: .answer, span: Span(takenBytes, takenBytes))
  }

  /// Nothing more comes.
  package func end() {
    guard !hasEnded else { return }
    hasEnded = true
    missRest()
    inspector.end()
  }

  /// What happens to what has come so far; always ``Verdict/pass`` where no rule could end the answer.
  package func verdict() -> Verdict {
    guard mayEnd else { return .pass }
    if decision == nil {
      let found = findings()
      guard !found.isEmpty, decide(found).action == .block else { return .pass }
      let certain = hasEnded ? found : sifted(inspector.findingsForCertain.findings)
      let settled = decide(certain)
      guard settled.action == .block else { return .wait }
      decision = settled
    }
    return ended
  }

  /// As ``verdict()``, where nothing can wait any longer.
  package func verdictNow() -> Verdict {
    let verdict = verdict()
    guard case .wait = verdict else { return verdict }
    decision = decide(findings())
    return ended
  }

  private var ended: Verdict {
    guard let decision, decision.action == .block else { return .pass }
    return .end(EndedAnswer(decision, of: terms, as: form))
  }

  private func decide(_ findings: [Finding]) -> Decision {
    var question = terms.question
    question.findings = findings
    return policy.decideAnswer(question)
  }

  private func findings() -> [Finding] { sifted(inspector.findingsSoFar().findings) }

  /// A placeholder of ours is no news to whom it was given.
  private func sifted(_ findings: [Finding]) -> [Finding] {
    findings.filter { $0.detector != PlaceholderTable.detector } + (gap.map { [$0] } ?? [])
  }

  /// The exchange with what was found in its answer, and what was decided about that where it was worth deciding.
  package func concluding(_ exchange: Exchange) -> Exchange {
    var exchange = exchange
    var found = findings()
    var question = terms.question
    question.findings = found
    for (index, entry) in policy.allowances(question) { found[index].allowedBy = entry }
    exchange.findings.removeAll { $0.place == .answer }
    exchange.findings += found
    exchange.answerDecision = decision ?? observed(found)
    return exchange
  }

  /// In a run where policy is only told of.
  private func observed(_ findings: [Finding]) -> Decision? {
    guard run.isReportOnly, !findings.isEmpty else { return nil }
    let decision = decide(findings)
    return decision.action == .block ? run.settled(decision) : nil
  }
}
