internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Wire

/// Carries a WebSocket connection: each message of the client is examined whole, decided, recorded and only then sent.
///
/// Messages go on in their order and byte for byte, as they were compressed; the frames around them are ours.
final class WebSocketDoor: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let door: LoopDoor
  private let upstream: any UpstreamStream
  private let captured: Captured
  private var handshake: Exchange?
  private var reader: WebSocketReader
  private var writer: WebSocketWriter
  /// Where the server's messages have to be looked at.
  private var restored: RestoredMessages?
  private var inspected: InspectedMessages?
  private var context: ChannelHandlerContext?
  private var isDeciding = false
  private var hasEnded = false
  private var hasClientEnded = false
  /// Where the server's frames end on their way to the client.
  private var boundary = WebSocketFrameBoundary()
  /// What is said to the client once the server's frame under way has ended: inside it, it would be taken for its content.
  private var farewell: (() -> Void)?

  /// - Throws: where the upstream's answer does not fit the request, so that the two sides could read what follows
  ///   differently.
  init(
    door: LoopDoor, upstream: any UpstreamStream, request: ClientRequest, response: ResponseHead, handshake: Exchange,
    _ terms: AnswerTerms?
  ) throws(WebSocketError) {
    let deflate = try WebSocketHandshake.check(response: response, to: request.head)
    self.door = door
    self.upstream = upstream
    self.handshake = handshake
    var captured = request.captured
    captured.protocolName = .webSocket
    captured.fields = []
    captured.isBodyOnly = true
    self.captured = captured
    var inflater: MessageInflater?
    if let deflate {
      inflater = try MessageInflater(keepsContext: deflate.clientKeepsContext, windowBits: deflate.clientWindowBits)
    }
    reader = WebSocketReader(from: .client, inflater: inflater, limits: door.limits.messages)
    writer = WebSocketWriter(from: .client, deflate: deflate)
    if let restorer = door.chamber.restorer(of: handshake) {
      restored = .some(try RestoredMessages(restorer, deflate, limits: door.limits.messages))
    }
    if let inspection = terms.flatMap({ door.chamber.messageInspection(to: $0) }) {
      inspected = try InspectedMessages(inspection, deflate, door)
    }
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    inspected?.whenSettled = { [weak self] outcome in
      self?.settle(outcome)
      self?.context?.flush()
    }
    upstream.resumeReading()
  }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !hasEnded else { return context.fireChannelRead(data) }
    reader.append(unwrapInboundIn(data))
    pump()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { upstream.resumeReading() } else { upstream.pauseReading() }
  }

  func channelInactive(context: ChannelHandlerContext) {
    upstream.cancel()
    end()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  /// One message at a time: the next waits for the evidence of this one.
  private func pump() {
    do throws(WebSocketError) {
      while !isDeciding, !hasEnded, let event = try reader.next() { handle(event) }
    } catch {
      afterServerFrame { [self] in closeBoth(error.closeCode, reason: error.sentence) }
    }
    setAutoRead(!isDeciding)
    endUpstreamWhereClientEnded()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed {
      hasClientEnded = true
      endUpstreamWhereClientEnded()
    }
    context.fireUserInboundEventTriggered(event)
  }

  /// The client says no more: once its last message has gone the upstream hears the end too.
  private func endUpstreamWhereClientEnded() {
    guard hasClientEnded, !isDeciding, !hasEnded else { return }
    upstream.end(trailers: [])
  }

  private func handle(_ event: WebSocketEvent) {
    switch event {
    case .message(let message):
      decide(message.payload) { [self] replacement in
        guard let replacement else { return send(writer.bytes(of: message)) }
        send(writer.bytes(replacing: message, with: ByteBuffer(bytes: replacement)))
      }
    case .ping(let frame), .pong(let frame), .close(_, _, let frame):
      // Up to 125 bytes that somebody could put something into.
      guard frame.payload.readableBytes > 0 else { return send(writer.bytes(of: frame)) }
      decide(frame.payload) { [self] replacement in
        // A control frame cannot be redacted: what should have been changed does not go on.
        if replacement == nil { send(writer.bytes(of: frame)) }
      }
    }
  }

  private func decide(_ payload: ByteBuffer, whenAdmitted release: @escaping (_ replacement: [UInt8]?) -> Void) {
    isDeciding = true
    let examination = door.chamber.examine(captured)
    examination.take(payload)
    examination.end()
    door.chamber.admit(examination, body: { Array(payload.readableBytesView) }, on: door.loop) { verdict in
      self.isDeciding = false
      // Admitted too late: nothing of it leaves, and nothing is counted.
      guard !self.hasEnded else { return }
      switch consume verdict {
      case .admitted(let admitted):
        self.complete(admitted.exchange, forwarded: payload.readableBytes)
        release(nil)
      case .redacted(let admitted, let body):
        self.complete(admitted.exchange, forwarded: body.count)
        release(body)
      case .refused(let refusal):
        self.refuse(refusal)
      }
      self.pump()
    }
  }

  private func complete(_ exchange: Exchange, forwarded: Int) {
    var exchange = exchange
    exchange.forwardedBytes = forwarded
    exchange.address = upstream.remoteAddress
    door.chamber.complete(exchange)
  }

  private func send(_ wire: ByteBuffer) {
    upstream.send(body: wire)
    upstream.flush()
  }

  /// Tells the client why, in its own dialect and then in the protocol's, and ends the connection: whoever speaks
  /// next would otherwise speak of a message that never arrived.
  private func refuse(_ refusal: Refusal) {
    var exchange = refusal.exchange
    exchange.status = 1008
    door.chamber.complete(exchange)
    afterServerFrame { [self] in
      let text = WebSocketFrame.encode(.text, ByteBuffer(bytes: refusal.body), isCompressed: false, maskingKey: nil)
      context?.write(wrapOutboundOut(text), promise: nil)
      closeBoth(1008, reason: refusal.sentence)
    }
  }

  /// The client is not read any more; what the server has begun is heard out.
  private func afterServerFrame(_ say: @escaping () -> Void) {
    guard !boundary.isBetweenFrames else { return say() }
    farewell = say
    isDeciding = true
  }

  private func closeBoth(_ code: UInt16, reason: String) {
    guard !hasEnded else { return }
    farewell = nil
    upstream.cancel()
    if let context {
      let frame = WebSocketFrame.close(code, reason: Self.brief(reason), maskingKey: nil)
      context.writeAndFlush(wrapOutboundOut(frame)).assumeIsolated().whenComplete { _ in
        guard self.context != nil, !self.hasClientEnded else { return context.close(promise: nil) }
        LingeringEnd.begin(behind: context, self.door.limits)
      }
    }
    end()
  }

  /// At most 123 bytes, whole characters (RFC 6455 §5.5.1).
  private static func brief(_ reason: String) -> String {
    var text = reason
    while text.utf8.count > 123 { text.removeLast() }
    return text
  }

  private func end() {
    guard !hasEnded else { return }
    hasEnded = true
    farewell = nil
    if let handshake { door.chamber.complete(inspected?.inspection.concluding(handshake) ?? handshake) }
    handshake = nil
  }

  private func setAutoRead(_ isOn: Bool) {
    // Fails only on a channel that is closed already.
    try? context?.channel.syncOptions?.setOption(.autoRead, value: isOn)
  }
}

/// The server's messages go to the client as they come.
extension WebSocketDoor: UpstreamStreamDelegate {
  func upstreamDidReceive(head: ResponseHead) {}

  func upstreamDidReceive(body: ByteBuffer, wire: ByteBuffer) {
    handshake?.responseBytes += body.readableBytes
    settle(inspected?.take(body) ?? .goesOn(body))
  }

  private func settle(_ outcome: InspectedMessages.Outcome) {
    guard !hasEnded else { return }
    switch outcome {
    case .goesOn(let bytes): pass(bytes)
    case .ended(let ended): end(ended)
    }
  }

  private func pass(_ body: ByteBuffer) {
    guard let context, body.readableBytes > 0 else { return }
    var body = body
    do throws(WebSocketError) {
      if let restored = try restored?.take(body) { body = restored }
    } catch {
      return closeBoth(error.closeCode, reason: error.sentence)
    }
    handshake?.restored = restored?.count ?? 0
    let frameEnd = boundary.advance(over: body)
    if let farewell, let frameEnd {
      context.write(wrapOutboundOut(body.getSlice(at: body.readerIndex, length: frameEnd) ?? body), promise: nil)
      return farewell()
    }
    context.write(wrapOutboundOut(body), promise: nil)
    if !context.channel.isWritable { upstream.pauseReading() }
  }

  /// What the server has said is not passed on to its end; a message under way stays without one.
  private func end(_ ended: EndedAnswer) {
    handshake?.status = 1008
    guard boundary.isBetweenFrames, let context else {
      context?.close(promise: nil)
      upstream.cancel()
      return end()
    }
    let text = WebSocketFrame.encode(.text, ByteBuffer(bytes: ended.body), isCompressed: false, maskingKey: nil)
    context.write(wrapOutboundOut(text), promise: nil)
    closeBoth(1008, reason: ended.sentence)
  }

  func upstreamDidEnd(trailers: [HTTPField], wire: ByteBuffer) {
    if let inspected { settle(inspected.finish()) }
    guard !hasEnded else { return }
    if let rest = restored?.finish(), rest.readableBytes > 0 {
      context?.writeAndFlush(wrapOutboundOut(rest), promise: nil)
    }
    end()
    context?.close(promise: nil)
  }

  func upstreamDidFail(_ error: WireError) {
    end()
    context?.close(promise: nil)
  }

  func upstreamWritabilityChanged(isWritable: Bool) { setAutoRead(isWritable && !isDeciding) }

  func upstreamReadComplete() { context?.flush() }
}
