internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Wire

/// An answer on its way to the client: looked into, held where a rule could end it, with what its destination was not
/// sent put back.
final class AnswerPassage {
  private let inspection: AnswerInspection?
  private let restored: RestoredAnswer?
  /// As the client gets it.
  private let head: ResponseHead
  private var held = ByteBuffer()
  private var isDocument: Bool
  private let loop: any EventLoop
  private var patience: Scheduled<Void>?
  /// Told what became of what was held, where that came of waiting.
  var whenSettled: ((Outcome) -> Void)?
  /// Where the events end that were passed on.
  private var events = ServerSentEventScanner()
  private var endsLine = true
  /// Whether the client has the head.
  private(set) var hasBegun = false

  enum Outcome {
    case goesOn
    /// The client is to have this in the answer's place.
    case refused(EndedAnswer)
    /// The client was told within the answer.
    case told
    /// The answer cannot go on, and cannot say so.
    case cutOff
  }

  init(_ head: ResponseHead, to request: ClientRequest, _ terms: AnswerTerms?, _ door: LoopDoor) {
    let chamber = door.chamber
    loop = door.loop
    let hasBody = request.head.method != "HEAD"
    inspection = hasBody ? terms.flatMap { chamber.inspection(of: head, to: $0) } : nil
    restored = RestoredAnswer(head, to: request, by: chamber)
    self.head = restored?.head ?? head
    isDocument = inspection?.form == .document
  }

  /// The head waits where an error may have to take its place, but never for a stream that has nothing to say yet.
  func begin(for client: any ClientSide) {
    guard inspection?.mayEnd == true else { return sendHead(client) }
    if !isDocument { wait(client) }
  }

  func take(_ body: ByteBuffer, wire: ByteBuffer, for client: any ClientSide) -> Outcome {
    inspection?.take(body)
    guard let inspection, inspection.mayEnd else { return send(body, wire: wire, client) ? .goesOn : .cutOff }
    held.writeImmutableBuffer(body)
    if held.readableBytes > EnforcementLimits.heldAnswerBytes { return settle(inspection.verdictNow(), client) }
    // Should nobody say that a read is complete, it still goes on.
    wait(client)
    return .goesOn
  }

  /// What came at once is judged at once: a judgement costs more than a byte.
  func readComplete(for client: any ClientSide) -> Outcome {
    guard let inspection, inspection.mayEnd, !isDocument, held.readableBytes > 0 else { return .goesOn }
    return settle(inspection.verdict(), client, byUnits: true)
  }

  private func wait(_ client: any ClientSide) {
    guard patience == nil else { return }
    patience = loop.assumeIsolated().scheduleTask(in: TimeAmount(EnforcementLimits.answerWait)) {
      [weak self, weak client] in
      guard let self, let client, let inspection = self.inspection else { return }
      self.patience = nil
      self.whenSettled?(self.settle(inspection.verdictNow(), client))
    }
  }

  func end(_ trailers: [HTTPField], wire: ByteBuffer, for client: any ClientSide) -> Outcome {
    inspection?.end()
    if let inspection, inspection.mayEnd {
      let outcome = settle(inspection.verdict(), client)
      guard case .goesOn = outcome else { return outcome }
    }
    sendHead(client)
    if let restored { return restored.end(trailers, for: client) ? .goesOn : .cutOff }
    guard writesChunks else {
      client.end(trailers: trailers, wire: wire)
      return .goesOn
    }
    guard let end = try? ChunkedEncoding.end(trailers: trailers) else { return .cutOff }
    client.end(trailers: trailers, wire: end)
    return .goesOn
  }

  /// What is in the record of it.
  func concluding(_ exchange: Exchange) -> Exchange {
    patience?.cancel()
    var exchange = exchange
    if let restored { exchange.restored = restored.count }
    return inspection?.concluding(exchange) ?? exchange
  }

  /// - Parameter byUnits: whether the beginning of an event or a line waits for its end, so that an error may follow at
  ///   any time.
  private func settle(
    _ verdict: AnswerInspection.Verdict, _ client: any ClientSide, byUnits: Bool = false
  ) -> Outcome {
    if case .wait = verdict {
      wait(client)
      return .goesOn
    }
    patience?.cancel()
    patience = nil
    isDocument = false
    if case .end(let ended) = verdict { return hasBegun ? tell(ended, client) : .refused(ended) }
    sendHead(client)
    let bytes = held.readSlice(length: byUnits ? wholeUnits : held.readableBytes) ?? ByteBuffer()
    if held.readableBytes > 0 { wait(client) } else { held = ByteBuffer() }
    guard bytes.readableBytes > 0 else { return .goesOn }
    return send(bytes, wire: writesChunks ? ChunkedEncoding.chunk(bytes) : bytes, client) ? .goesOn : .cutOff
  }

  /// Bytes of what is held up to the end of the last event or line in it.
  private var wholeUnits: Int {
    // What is put back goes on in whole events by itself.
    guard restored == nil else { return held.readableBytes }
    switch inspection?.form {
    case .events:
      var scanner = events
      return scanner.scan(held).last ?? 0
    case .lines:
      let bytes = held.readableBytesView
      return bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 - bytes.startIndex } ?? 0
    case .messages: return max(0, held.readableBytes - (inspection?.unfinishedBytes ?? 0))
    default: return held.readableBytes
    }
  }

  private func sendHead(_ client: any ClientSide) {
    guard !hasBegun else { return }
    hasBegun = true
    client.send(head: head)
  }

  /// - Returns: false where the answer is not compressed as it says, so that nothing can be put back into it.
  private func send(_ body: ByteBuffer, wire: ByteBuffer, _ client: any ClientSide) -> Bool {
    sendHead(client)
    guard let restored else {
      note(body)
      client.send(body: body, wire: wire)
      return true
    }
    return restored.take(body, for: client)
  }

  /// A stream that has begun says what became of it where its form has room for that, else it breaks off.
  private func tell(_ ended: EndedAnswer, _ client: any ClientSide) -> Outcome {
    guard let farewell = ended.farewell, canAdd, let end = try? ChunkedEncoding.end() else { return .cutOff }
    let bytes = ByteBuffer(bytes: farewell)
    client.send(body: bytes, wire: isChunked ? ChunkedEncoding.chunk(bytes) : bytes)
    client.end(trailers: [], wire: isChunked ? end : ByteBuffer())
    return .told
  }

  /// Between two events of a stream of plain text and unknown length.
  private var canAdd: Bool {
    let isPlain = !head.fields.contains(named: "content-length") && !head.fields.contains(named: "content-encoding")
    // What is put back goes on in whole events.
    return isPlain && (restored != nil || (inspection?.form == .events ? events.isBetweenEvents : endsLine))
  }

  private var isChunked: Bool { head.fields.contains(named: "transfer-encoding") }

  /// What waits is put together, and does not end where the upstream's chunks did.
  private var writesChunks: Bool { isChunked && inspection?.mayEnd == true }

  private func note(_ body: ByteBuffer) {
    guard inspection?.mayEnd == true else { return }
    switch inspection?.form {
    case .events: _ = events.scan(body)
    case .lines: endsLine = body.readableBytesView.last == UInt8(ascii: "\n")
    default: break
    }
  }
}
