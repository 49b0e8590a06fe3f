internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Wire

/// One request and its answer, between a client's connection and an upstream's on the same event loop.
///
/// The request is taken in and examined whole; only the chamber's witness opens the way out. Requests that stream both
/// ways (gRPC, Connect) and bodies that pause are let go piece by piece, each piece with a witness of its own.
final class ExchangeConduit {
  private let door: LoopDoor
  private let request: ClientRequest
  /// `nil` once the whole request has been handed to the chamber: its memory is many times the body's, and an answer may
  /// take minutes.
  private var examination: Examination?
  private let hold: BodyHold
  private weak var client: (any ClientSide)?
  private var upstream: (any UpstreamStream)?
  private var phase = ExchangePhase.collecting
  private var trailers: [HTTPField] = []
  private var exchange: Exchange?
  private var isStreaming: Bool
  private var isUpstreamWritable = true
  private var isDraining: Piece?
  /// Whether bytes are on their way out of the file; the next are not asked for before they are here.
  private var isReadingFile = false
  private var isChunked = false
  /// Whether the way to the upstream has room for trailers.
  private var carriesTrailers = false
  private var redactedBody: [UInt8]?
  private var pauseTimer: Scheduled<Void>?
  private var lastTaken = NIODeadline.now()
  private let reading: ClientReading
  private var terms: AnswerTerms?
  private var passage: AnswerPassage?
  /// Who takes the upstream's bytes after a change of protocol.
  private weak var successor: (any UpstreamStreamDelegate)?
  /// Whether the client has said all it has to say.
  private(set) var isRequestWhole = false
  /// Called once, when nothing more will happen here.
  var whenFinished: (() -> Void)?

  private enum Piece {
    case piece
    case lastPiece
  }

  init(door: LoopDoor, client: any ClientSide, request: ClientRequest) {
    self.door = door
    self.client = client
    self.request = request
    isStreaming = request.streamsBothWays
    examination = door.chamber.examine(request.captured)
    hold = BodyHold(door)
    reading = ClientReading(client, door)
  }
}

// MARK: The client speaks

extension ExchangeConduit {
  func begin() {
    if case .length(let bytes) = request.framing, bytes > door.limits.bodyBytes { return refuseTooLong() }
    if request.head.expectsContinue, request.framing != .none {
      client?.send(head: ResponseHead(status: 100, reason: "Continue"))
      client?.flush()
    }
    if request.framing == .none {
      isRequestWhole = true
    }
    advance()
  }

  func take(_ content: ByteBuffer) {
    guard phase != .finished, !hold.isOverLimit else { return }
    lastTaken = .now()
    if let spooled = hold.append(content, of: examination) { wait(for: spooled) }
    guard !hold.isOverLimit else { return refuseTooLong() }
    if !isStreaming, hold.totalBytes > BodyTurns.longBody {
      reading.takeTurn()
      if !reading.awaitsTurn { hold.showUnexamined(to: examination) }
    }
    advance()
  }

  func end(trailers: [HTTPField]) {
    guard phase != .finished, !isRequestWhole else { return }
    guard trailers.areReadable else { return refuse(.unreadableField) }
    do throws(HTTPSyntaxError) {
      try ForbiddenTrailers.check(trailers)
    } catch {
      return refuse(.malformed(error))
    }
    examination?.take(trailers: trailers)
    self.trailers = trailers
    isRequestWhole = true
    pauseTimer?.cancel()
    advance()
  }

  /// The client went away: what has not left does not leave.
  func clientClosed() {
    guard phase != .finished else { return }
    upstream?.cancel()
    finish()
  }

  func clientWritabilityChanged() {
    guard let client, let upstream else { return }
    if client.isWritable { upstream.resumeReading() } else { upstream.pauseReading() }
  }

  private func refuseTooLong() {
    let statement = "the body is longer than \(door.limits.bodyBytes) bytes, which is limits.body-disk"
    refuse(.init(status: 413, statement: statement, rule: "bodies within the limit"))
  }

  /// Ends the request where it stands; what left before is in the record already.
  private func refuse(_ objection: Chamber.Objection) {
    guard phase == .collecting, exchange == nil else {
      upstream?.cancel()
      return answerOurselves(.init(status: objection.status, sentence: objection.statement))
    }
    phase = .deciding
    door.chamber.object(to: request.captured, objection, on: door.loop) { refusal in
      guard self.phase == .deciding else { return }
      self.exchange = refusal.exchange
      self.answerOurselves(LocalAnswer(refusal))
    }
  }

  private func wait(for spooled: EventLoopFuture<Void>) {
    reading.pause()
    spooled.assumeIsolated().whenComplete { result in
      switch result {
      case .success: self.reading.resume()
      case .failure(let error): self.answerOurselves(.init(status: 507, sentence: "\(error)"))
      }
    }
  }

  /// There is nothing more to take in for now: a client may wait for the server's first words before it says its last.
  func clientReadComplete() {
    guard !isRequestWhole else { return }
    hold.keepApart()
    guard !isStreaming, phase == .collecting, pauseTimer == nil, hold.totalBytes > 0 else { return }
    awaitPause()
  }

  private var sinceLastTaken: TimeAmount { NIODeadline.now() - max(lastTaken, reading.lastResumed) }

  private func awaitPause() {
    let limit = door.limits.bodyPause
    let wait = reading.awaitsTurn ? limit : limit - sinceLastTaken
    pauseTimer = door.loop.assumeIsolated().scheduleTask(in: max(wait, .milliseconds(1))) { [weak self] in
      guard let self, self.phase != .finished, !self.isRequestWhole else { return }
      guard !self.reading.awaitsTurn, self.sinceLastTaken >= limit else { return self.awaitPause() }
      self.isStreaming = true
      self.reading.giveTurnBack()
      self.advance()
    }
  }
}

// MARK: The chamber decides

extension ExchangeConduit {
  /// Hands what is held to the chamber, when there is something to decide and nothing is being decided.
  private func advance() {
    guard phase == .collecting else { return }
    guard isRequestWhole || (isStreaming && (exchange == nil || !hold.isEmpty)), let examination else { return }
    phase = .deciding
    let isLastPiece = isRequestWhole
    hold.showUnexamined(to: examination)
    hold.seal()
    if isLastPiece {
      examination.end()
      self.examination = nil
      reading.giveTurnBack()
    }
    // A piece of a body cannot be changed: its length is not known, or was said already.
    let isWhole = isLastPiece && exchange == nil
    let body = { [hold] in isWhole ? hold.wholeBody() : nil }
    door.chamber.admit(examination, continuing: exchange, body: body, on: door.loop) { verdict in
      self.settle(verdict, isLastPiece: isLastPiece)
    }
  }

  private func settle(_ verdict: consuming Verdict, isLastPiece: Bool) {
    guard phase == .deciding else { return }
    switch consume verdict {
    case .admitted(let admitted):
      release(admitted, isLastPiece: isLastPiece)
    case .redacted(let admitted, let body):
      redactedBody = body
      release(admitted, isLastPiece: isLastPiece)
    case .refused(let refusal):
      exchange = refusal.exchange.carrying(on: exchange)
      upstream?.cancel()
      answerOurselves(LocalAnswer(refusal))
    }
  }
}

// MARK: What was admitted leaves

extension ExchangeConduit {
  /// The only way out: nothing is sent upstream but from here, and here only with a witness.
  private func release(_ admitted: consuming Admitted, isLastPiece: Bool) {
    exchange = admitted.exchange.carrying(on: exchange)
    terms = admitted.terms
    phase = .releasing
    guard upstream == nil else { return drain(isLastPiece: isLastPiece) }
    let (destination, scheme) = (request.captured.destination, request.scheme)
    let wantsHTTP2 = request.head.version == .http2
    let isDedicated = request.captured.upgrade != nil
    if !wantsHTTP2, !isDedicated,
      let stream = door.pool.leaseIdle(to: destination, scheme: scheme, delegate: self)
    {
      return send(through: stream, isLastPiece: isLastPiece)
    }
    door.pool.lease(
      to: destination, scheme: scheme, wantsHTTP2: wantsHTTP2, isDedicated: isDedicated, delegate: self
    ).assumeIsolated().whenComplete { result in
      guard self.phase == .releasing else {
        if case .success(let stream) = result { stream.cancel() }
        return
      }
      switch result {
      case .success(let stream): self.send(through: stream, isLastPiece: isLastPiece)
      case .failure(let error): self.answerOurselves(.unreachable(self.request.captured.destination, error))
      }
    }
  }

  private func send(through stream: any UpstreamStream, isLastPiece: Bool) {
    upstream = stream
    exchange?.address = stream.remoteAddress
    let outgoing: OutgoingRequest
    do throws(HTTPSyntaxError) {
      outgoing = try OutgoingRequest(
        request, redactedBody: redactedBody,
        wholeBodyBytes: isLastPiece && trailers.isEmpty ? hold.totalBytes : nil, isHTTP2: stream.isHTTP2)
    } catch {
      stream.cancel()
      return answerOurselves(.init(status: error.status, sentence: error.sentence))
    }
    exchange?.forwardedBytes += request.captured.headBytes
    let head = door.chamber.placeholders.substitute(
      into: outgoing.head, for: request.captured.destination, overTLS: request.captured.isTLS)
    isChunked = outgoing.framing == .chunked && !stream.isHTTP2 && head.raw != nil
    carriesTrailers = outgoing.framing == .chunked || stream.isHTTP2
    stream.send(head: head, framing: outgoing.framing)
    if let redactedBody {
      hold.discard()
      send(ByteBuffer(bytes: redactedBody), through: stream)
      self.redactedBody = nil
    }
    drain(isLastPiece: isLastPiece)
  }

  private func send(_ bytes: ByteBuffer, through stream: any UpstreamStream) {
    exchange?.forwardedBytes += bytes.readableBytes
    stream.send(body: isChunked ? ChunkedEncoding.chunk(bytes) : bytes)
    stream.flush()
  }

  /// Sends what was admitted, as fast as the upstream takes it.
  private func drain(isLastPiece: Bool) {
    guard phase == .releasing, let upstream, !isReadingFile else { return }
    isDraining = isLastPiece ? .lastPiece : .piece
    while isUpstreamWritable, let bytes = hold.nextInMemory() { send(bytes, through: upstream) }
    guard isUpstreamWritable || !hold.hasSealed else { return }
    guard let next = hold.nextInFile() else { return drained(isLastPiece: isLastPiece) }
    // The upstream need not wait for the disk to learn what is coming.
    upstream.flush()
    isReadingFile = true
    next.assumeIsolated().whenComplete { result in
      self.isReadingFile = false
      guard self.phase == .releasing else { return }
      switch result {
      case .success(let bytes):
        self.send(bytes, through: upstream)
        self.drain(isLastPiece: isLastPiece)
      case .failure(let error):
        upstream.cancel()
        self.answerOurselves(.init(status: 507, sentence: "\(error)"))
      }
    }
  }

  private func drained(isLastPiece: Bool) {
    isDraining = nil
    guard isLastPiece else {
      upstream?.flush()
      phase = .collecting
      return advance()
    }
    phase = .answering
    if carriesTrailers { exchange?.forwardedBytes += Captured.bytes(of: trailers) }
    // The trailers were checked as they were read, so writing them again cannot fail.
    if isChunked, let last = try? ChunkedEncoding.end(trailers: trailers) { upstream?.send(body: last) }
    upstream?.end(trailers: trailers)
  }
}

// MARK: The upstream answers

extension ExchangeConduit: UpstreamStreamDelegate {
  func upstreamDidReceive(head: ResponseHead) {
    guard let client, phase != .finished else { return }
    if head.status == 101, let upstream, var exchange {
      phase = .finished
      exchange.status = 101
      upstream.becomeRaw()
      successor = client.switchProtocols(head, to: upstream, of: request, exchange: exchange, terms)
      return
    }
    exchange?.responseBytes += head.fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    guard head.status >= 200 else { return client.send(head: head) }
    exchange?.status = head.status
    let passage = AnswerPassage(head, to: request, terms, door)
    passage.whenSettled = { [weak self] outcome in if self?.goesOn(outcome) == true { self?.client?.flush() } }
    passage.begin(for: client)
    self.passage = passage
  }

  func upstreamDidReceive(body: ByteBuffer, wire: ByteBuffer) {
    if let successor { return successor.upstreamDidReceive(body: body, wire: wire) }
    guard let client, phase != .finished else { return }
    exchange?.responseBytes += body.readableBytes
    if goesOn(passage?.take(body, wire: wire, for: client)), !client.isWritable { upstream?.pauseReading() }
  }

  func upstreamDidEnd(trailers: [HTTPField], wire: ByteBuffer) {
    if let successor { return successor.upstreamDidEnd(trailers: trailers, wire: wire) }
    guard phase != .finished else { return }
    if let client, !goesOn(passage?.end(trailers, wire: wire, for: client)) { return }
    client?.flush()
    finish()
  }

  /// - Returns: false where the exchange has ended with this.
  private func goesOn(_ outcome: AnswerPassage.Outcome?) -> Bool {
    switch outcome {
    case .goesOn, nil: return true
    case .refused(let ended):
      upstream?.cancel()
      answerOurselves(LocalAnswer(ended))
    case .told, .cutOff:
      upstream?.cancel()
      if case .told = outcome { client?.flush() } else { client?.abort() }
      finish()
    }
    return false
  }

  /// Whether the client has a part of the upstream's answer.
  private var hasAnswer: Bool { passage?.hasBegun == true }

  func upstreamDidFail(_ error: WireError) {
    if let successor { return successor.upstreamDidFail(error) }
    guard phase != .finished else { return }
    guard hasAnswer else { return answerOurselves(.unreachable(request.captured.destination, error)) }
    client?.abort()
    finish()
  }

  func upstreamWritabilityChanged(isWritable: Bool) {
    if let successor { return successor.upstreamWritabilityChanged(isWritable: isWritable) }
    isUpstreamWritable = isWritable
    if isWritable, let isDraining { drain(isLastPiece: isDraining == .lastPiece) }
  }

  func upstreamReadComplete() {
    if let successor { return successor.upstreamReadComplete() }
    guard phase != .finished, let client, goesOn(passage?.readComplete(for: client)) else { return }
    client.flush()
  }

  /// Ends the exchange with an answer of our own, or by breaking off where the upstream's has begun.
  private func answerOurselves(_ answer: LocalAnswer) {
    guard phase != .finished else { return }
    exchange?.status = answer.status
    if hasAnswer { client?.abort() } else { client?.answer(answer) }
    finish()
  }

  /// Once, though ending a client's stream may tell us at once that the client has gone.
  private func finish() {
    guard phase != .finished else { return }
    phase = .finished
    pauseTimer?.cancel()
    hold.discard()
    reading.giveTurnBack()
    if let exchange { door.chamber.complete(passage?.concluding(exchange) ?? exchange) }
    whenFinished?()
    whenFinished = nil
  }
}
