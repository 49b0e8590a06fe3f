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
  private var held: [Piece] = []
  private var heldBytes = 0
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

  private struct Piece {
    let body: ByteBuffer
    let wire: ByteBuffer
  }

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

  /// The head waits where an error may have to take its place.
  func begin(for client: any ClientSide) {
    if inspection?.mayEnd != true { sendHead(client) }
  }

  func take(_ body: ByteBuffer, wire: ByteBuffer, for client: any ClientSide) -> Outcome {
    guard let inspection else { return send(Piece(body: body, wire: wire), client) ? .goesOn : .cutOff }
    inspection.take(body)
    guard inspection.mayEnd else { return send(Piece(body: body, wire: wire), client) ? .goesOn : .cutOff }
    held.append(Piece(body: body, wire: wire))
    heldBytes += body.readableBytes
    let isTooMuch = heldBytes > EnforcementLimits.heldAnswerBytes
    guard !isDocument || isTooMuch else {
      wait(client)
      return .goesOn
    }
    isDocument = false
    return settle(isTooMuch ? inspection.verdictNow() : inspection.verdict(), client)
  }

  private func wait(_ client: any ClientSide) {
    guard patience == nil else { return }
    patience = loop.assumeIsolated().scheduleTask(in: TimeAmount(EnforcementLimits.answerWait)) {
      [weak self, weak client] in
      guard let self, let client, let inspection = self.inspection else { return }
      self.patience = nil
      let verdict = self.isDocument ? inspection.verdict() : inspection.verdictNow()
      self.isDocument = false
      self.whenSettled?(self.settle(verdict, client))
    }
  }

  func end(_ trailers: [HTTPField], wire: ByteBuffer, for client: any ClientSide) -> Outcome {
    inspection?.end()
    if let inspection, inspection.mayEnd {
      let outcome = settle(inspection.verdict(), client)
      guard case .goesOn = outcome else { return outcome }
    }
    sendHead(client)
    guard let restored else {
      client.end(trailers: trailers, wire: wire)
      return .goesOn
    }
    return restored.end(trailers, for: client) ? .goesOn : .cutOff
  }

  /// What is in the record of it.
  func concluding(_ exchange: Exchange) -> Exchange {
    patience?.cancel()
    var exchange = exchange
    if let restored { exchange.restored = restored.count }
    return inspection?.concluding(exchange) ?? exchange
  }

  private func settle(_ verdict: AnswerInspection.Verdict, _ client: any ClientSide) -> Outcome {
    if case .wait = verdict {
      wait(client)
      return .goesOn
    }
    patience?.cancel()
    patience = nil
    switch verdict {
    case .wait: return .goesOn
    case .end(let ended):
      held = []
      return hasBegun ? tell(ended, client) : .refused(ended)
    case .pass:
      let pieces = held
      (held, heldBytes) = ([], 0)
      return pieces.allSatisfy { send($0, client) } ? .goesOn : .cutOff
    }
  }

  private func sendHead(_ client: any ClientSide) {
    guard !hasBegun else { return }
    hasBegun = true
    client.send(head: head)
  }

  /// - Returns: false where the answer is not compressed as it says, so that nothing can be put back into it.
  private func send(_ piece: Piece, _ client: any ClientSide) -> Bool {
    sendHead(client)
    guard let restored else {
      note(piece.body)
      client.send(body: piece.body, wire: piece.wire)
      return true
    }
    return restored.take(piece.body, for: client)
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

  private func note(_ body: ByteBuffer) {
    guard inspection?.mayEnd == true else { return }
    switch inspection?.form {
    case .events: _ = events.scan(body)
    case .lines: endsLine = body.readableBytesView.last == UInt8(ascii: "\n")
    default: break
    }
  }
}
