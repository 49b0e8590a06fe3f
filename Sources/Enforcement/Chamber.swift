internal import Attribution
package import Evidence
internal import Inspection
internal import Ledger
package import NIOCore
internal import Policy
package import Wire

/// The policy enforcement point: the one place where the engines meet, and the only way from a door to the wire.
///
/// A message takes one way through it: *captured, inspected, decided, recorded, admitted*.
package final class Chamber: Sendable {
  package let run: RunFacts
  package let journal: ExchangeJournal
  let engines: Engines
  private let asker: any Asker
  private let entries: LedgerEntries
  private let claims = ClaimedVersions()
  private let sentBefore = SentBefore()

  package init(engines: Engines, run: RunFacts, asker: any Asker, journal: ExchangeJournal) {
    self.engines = engines
    self.run = run
    self.asker = asker
    self.journal = journal
    entries = LedgerEntries(run: run, namesPaths: engines.policy.ledgerPaths == .plain)
  }

  /// The credentials that a door puts in the place of their placeholders as an admitted request leaves.
  package var placeholders: PlaceholderTable { engines.placeholders }

  /// Opens the examination of a message whose body is still to come.
  package func examine(_ captured: Captured) -> Examination {
    Examination(of: claims.settling(captured, engines.knowledge), with: engines)
  }

  /// The agent with its release: the installed one, else the first that a client of its own has claimed in this run.
  package func known(_ agent: Agent) -> Agent { claims.known(agent) }

  /// Decides and records what was examined up to now.
  ///
  /// - Parameters:
  ///   - continuing: the exchange as the last witness gave it, where a message is let go piece by piece. What a
  ///     person said yes to in its beginning is not asked again for each piece.
  ///   - body: gives the whole body, for a redaction; `nil` where it is no longer held, and then what would have been
  ///     redacted is blocked.
  ///   - completion: called once, on `loop`, with a witness only after the evidence is durable.
  package func admit(
    _ examination: Examination, continuing: Exchange? = nil, body: @escaping () -> [UInt8]?, on loop: any EventLoop,
    _ completion: @escaping (consuming Verdict) -> Void
  ) {
    guard examination.waitsForFiles, let indexer = engines.attribution?.indexer else {
      return decide(examination, continuing, body, on: loop, completion)
    }
    let waiting = NIOLoopBound((examination, body, completion), eventLoop: loop)
    indexer.whenReady(within: EnforcementLimits.indexingWait) { _ in
      loop.execute {
        let (examination, body, completion) = waiting.value
        self.decide(examination, continuing, body, on: loop, completion)
      }
    }
  }

  private func decide(
    _ examination: Examination, _ continuing: Exchange?, _ body: () -> [UInt8]?, on loop: any EventLoop,
    _ completion: @escaping (consuming Verdict) -> Void
  ) {
    let inspected = recognised(examination.inspected(), body)
    let before = sentBefore.amount(to: inspected.captured.destination.host)
    let question = Decided.question(about: inspected, run: run, sent: before, agreed: examination.agreed)
    let decided = Decided.decide(inspected, question, by: engines, run: run)
    guard decided.decision.action == .ask else {
      return settle(decided, question, body, continuing, on: loop, completion)
    }
    let asked = engines.policy.asked(question)
    let waiting = NIOLoopBound((examination, completion), eventLoop: loop)
    let held = body()
    asker.ask(decided.exchange(sequence: 0, run: run, decided.attribution.attributed)) { answer in
      loop.execute {
        let (examination, completion) = waiting.value
        if answer.isYes { examination.agreed.formUnion(asked) }
        var question = question
        question.answer = answer.forPolicy
        let answered = Decided.decide(inspected, question, by: self.engines, run: self.run)
        self.settle(
          answered.with(answer, asked: decided.decision), question, { held }, continuing, on: loop, completion)
      }
    }
  }

  /// What was taken out of a message is known in all later ones.
  private func recognised(_ inspected: Inspected, _ body: () -> [UInt8]?) -> Inspected {
    guard let redactions = engines.redactions, !run.isReportOnly, case let known = redactions.known(), !known.isEmpty
    else { return inspected }
    let body = inspected.bodyBytes > 0 ? body() : nil
    let own = body.map { inspected.without(redactions.placeholders(), in: $0) } ?? inspected
    return own.recognising(known, body: body, by: engines)
  }

  private func settle(
    _ decided: Decided, _ question: Question, _ body: () -> [UInt8]?, _ continuing: Exchange?, on loop: any EventLoop,
    _ completion: @escaping (consuming Verdict) -> Void
  ) {
    let settled = decided.decision.action == .redact ? decided.redacting(body(), question, by: engines) : decided
    record(settled, continuing: continuing, on: loop, completion)
  }

  /// Who puts back into an answer what its destination was not sent; `nil` where it goes on as it is.
  package func restorer(of head: ResponseHead, from destination: Destination) -> AnswerRestorer? {
    guard !run.isReportOnly else { return nil }
    return engines.redactions?.placeholders(from: destination).flatMap { AnswerRestorer(head, $0) }
  }

  /// Who puts back into a destination's messages what it was not sent; `nil` where nobody has to look at them.
  package func restorer(of handshake: Exchange) -> MessageRestorer? {
    guard let redactions = engines.redactions, !run.isReportOnly,
      handshake.purpose == .model || redactions.hasGiven(to: handshake.destination)
    else { return nil }
    return MessageRestorer(redactions, from: handshake.destination)
  }

  func record(
    _ decided: Decided, continuing: Exchange?, on loop: any EventLoop,
    _ completion: @escaping (consuming Verdict) -> Void
  ) {
    let exchange = enter(decided, continuing: continuing)
    let entry = entries.decision(
      exchange, of: decided.inspected, isContinuation: continuing != nil, answer: decided.answer)
    let waiting = NIOLoopBound(completion, eventLoop: loop)
    engines.ledger.append(entry) { result in
      loop.execute {
        waiting.value(self.verdict(on: exchange, decided, result, earlier: continuing))
      }
    }
  }

  private func enter(_ decided: Decided, continuing: Exchange?) -> Exchange {
    // Before it is on record: of messages with the same lines at the same time, one goes first.
    let attribution = decided.attribution
    let attributed = decided.decision.action == .block ? attribution.attributed : attribution.markSent()
    guard let continuing else { return journal.enter { decided.exchange(sequence: $0, run: run, attributed) } }
    let exchange = decided.exchange(sequence: continuing.sequence, run: run, attributed, started: continuing.started)
      .carrying(on: continuing)
    journal.update(exchange)
    return exchange
  }

  /// Closed on failure: what could not be recorded does not leave.
  private func verdict(
    on exchange: Exchange, _ decided: Decided, _ recorded: Result<Range<Int>, LedgerError>, earlier: Exchange?
  ) -> Verdict {
    var exchange = exchange
    switch recorded {
    case .success(let indices):
      exchange.ledgerIndex = indices.lowerBound
      journal.update(exchange)
      guard exchange.decision.action != .block else {
        return .refused(.blocked(exchange, recognition: decided.inspected.recognition))
      }
      let sent = sentBefore.amount(to: exchange.destination.host)
      sentBefore.add(exchange, earlier: earlier, by: engines.policy, at: run.place)
      let admitted = Admitted(recorded: exchange, terms: AnswerTerms(decided, run: run, sent: sent))
      guard let redacted = decided.redactedBody else { return .admitted(admitted) }
      return .redacted(admitted, body: redacted)
    case .failure(let error):
      exchange.decision = .notRecorded(error, instead: exchange.decision)
      journal.update(exchange)
      return .refused(.blocked(exchange, recognition: decided.inspected.recognition).with(status: 503))
    }
  }

  /// Closes an exchange: what was let go, what came back. Nothing waits for it.
  package func complete(_ exchange: Exchange) {
    journal.update(exchange)
    engines.ledger.append(entries.completion(exchange), isUrgent: false) { _ in }
  }
}

extension Decision {
  fileprivate static func notRecorded(_ error: LedgerError, instead decision: Decision) -> Decision {
    Decision(
      action: .block, rule: RuleReference(name: "no evidence", file: "built-in:ledger", line: 1),
      reasons: decision.reasons + [Reason(subject: "ledger", statement: "its evidence could not be written: \(error)")],
      remedy: "Nothing leaves without evidence. See `sallyport log verify` and the free space of the ledger's disk.")
  }
}
