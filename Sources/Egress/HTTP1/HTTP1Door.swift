internal import Enforcement
internal import Evidence
internal import Glibc
internal import NIOCore
internal import NIOSSL
internal import Wire

/// Speaks HTTP/1 with a client, one exchange after the other; pipelined requests wait their turn.
final class HTTP1Door: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// What the client takes us for.
  enum Role {
    /// A proxy that it was told of: absolute-form targets and CONNECT.
    case proxy(Origin)
    /// The server itself: the connection was tunnelled or captured.
    case server(Tunnel)
  }

  private let door: LoopDoor
  private let role: Role
  private var parser: RequestParser
  private var conduit: ExchangeConduit?
  private var context: ChannelHandlerContext?
  private var idleWatch: IdleWatch?
  private var mustClose = false
  private var isHandedOver = false
  private var hasClientEnded = false
  private var patience: Scheduled<Void>?
  private var clientVersion = HTTPVersion.http1_1
  private var method = ""
  /// The last authority that the tunnel was found to agree with.
  private var agreed: String?
  /// Set while the answer under way has a body that the client's version cannot frame.
  private var sendsPlainBody = false
  /// Why nothing is read: the request under way is more than can be taken, or so many others wait behind it.
  private var isPaused = false
  private var isFull = false

  init(door: LoopDoor, role: Role) {
    self.door = door
    self.role = role
    parser = RequestParser(limits: door.limits.messages)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    idleWatch = IdleWatch(context.channel, limit: door.limits.idle)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    idleWatch?.stop()
    patience?.cancel()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isHandedOver else { return context.fireChannelRead(data) }
    parser.append(unwrapInboundIn(data))
    pump()
    // Who goes on with requests before the answer is heard when their turn comes.
    if isWaitingForAnswer, parser.unreadBytes > door.limits.messages.headBytes { isFull = true }
    if isFull { setAutoRead() }
  }

  func channelInactive(context: ChannelHandlerContext) {
    conduit?.clientClosed()
    context.fireChannelInactive()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    conduit?.clientWritabilityChanged()
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed {
      hasClientEnded = true
      closeWhereClientEnded()
    }
    context.fireUserInboundEventTriggered(event)
  }

  /// Half-closed by the client: what it said whole is still answered (RFC 9112 §9.6); what it cut off is not, and nothing
  /// of it leaves any more.
  private func closeWhereClientEnded() {
    guard hasClientEnded, !isHandedOver else { return }
    guard !isWaitingForAnswer else { return waitForAnswerOnce() }
    conduit?.clientClosed()
    closeAfterFlush()
  }

  /// One that has gone for good looks the same, and must not keep a connection to the upstream for long.
  private func waitForAnswerOnce() {
    guard patience == nil else { return }
    patience = door.loop.assumeIsolated().scheduleTask(in: door.limits.halfClosed) { [weak self] in
      self?.context?.close(promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  /// Takes events from the parser until the exchange under way must end first.
  private func pump() {
    do {
      while !isHandedOver, context != nil, !isWaitingForAnswer, let event = try parser.next() {
        handle(event)
      }
    } catch {
      refuseMalformed(error)
    }
    conduit?.clientReadComplete()
    closeWhereClientEnded()
  }

  private var isWaitingForAnswer: Bool { conduit?.isRequestWhole ?? false }

  private func handle(_ event: RequestParser.Event) {
    switch event {
    case .head(let head, let framing): begin(head, framing)
    case .body(let content, _): conduit?.take(content)
    case .end(let trailers, _): conduit?.end(trailers: trailers)
    }
  }

  private func begin(_ head: RequestHead, _ framing: BodyFraming) {
    method = head.method
    clientVersion = head.version
    mustClose = !head.connectionPersists
    switch role {
    case .proxy(let origin) where !head.hasPlainMethod: refuse(.malformed(.http1_1), origin: origin, .unknownMethod)
    case .proxy(let origin) where head.method == "CONNECT":
      guard let destination = head.connectDestination.flatMap(door.names.meant) else {
        return refuse(head, origin: origin, .notForAProxy)
      }
      openTunnel(to: destination, origin: origin)
    case .proxy(let origin):
      guard let tunnel = head.absoluteTunnel(origin: origin, names: door.names) else {
        return refuse(head, origin: origin, .notForAProxy)
      }
      start(head, framing, tunnel: tunnel)
    case .server(let tunnel) where !head.hasPlainMethod: refuse(.malformed(.http1_1), tunnel: tunnel, .unknownMethod)
    case .server(let tunnel) where head.method == "CONNECT": refuse(head, tunnel: tunnel, .nestedTunnel)
    case .server(let tunnel):
      guard agrees(tunnel, with: head) else {
        return refuse(head, tunnel: tunnel, .misdirected(head.authority ?? "", tunnel.destination))
      }
      start(head, framing, tunnel: tunnel)
    }
  }

  /// Each request of a connection names the same host, for the most part in the same letters.
  private func agrees(_ tunnel: Tunnel, with head: RequestHead) -> Bool {
    if let agreed, agreed == head.authority { return true }
    guard tunnel.agrees(with: head) else { return false }
    agreed = head.authority
    return true
  }

  private func start(_ head: RequestHead, _ framing: BodyFraming, tunnel: Tunnel) {
    guard head.fields.areReadable else { return refuse(head, tunnel: tunnel, .unreadableField) }
    let request = ClientRequest(head: head, framing: framing, tunnel: tunnel)
    let conduit = ExchangeConduit(door: door, client: self, request: request)
    self.conduit = conduit
    conduit.whenFinished = { [weak self, weak conduit] in
      self?.exchangeEnded(requestWasWhole: conduit?.isRequestWhole ?? false)
    }
    idleWatch?.exchangeBegan()
    conduit.begin()
  }

  private func exchangeEnded(requestWasWhole: Bool) {
    idleWatch?.exchangeEnded()
    guard !isHandedOver else { return }
    guard let context, requestWasWhole, !mustClose else { return closeAfterFlush() }
    conduit = nil
    parser.resume()
    hasRoom()
    guard parser.hasUnreadBytes else { return closeWhereClientEnded() }
    // The next request is in the buffer already; not in this call, or a long pipeline would fill the stack.
    context.eventLoop.assumeIsolated().execute { self.pump() }
  }

  private func closeAfterFlush() {
    guard let context else { return }
    isHandedOver = true
    hasRoom()
    context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated().whenComplete { _ in
      guard self.context != nil, !self.hasClientEnded else { return context.close(promise: nil) }
      LingeringEnd.begin(behind: context, self.door.limits)
    }
  }
}

// MARK: Tunnels and refusals

extension HTTP1Door {
  private func openTunnel(to destination: Destination, origin: Origin) {
    guard let context else { return }
    let tunnel = Tunnel(origin: origin, destination: destination)
    handOver(to: OpeningHandler(door: door, tunnel: tunnel), context: context) {
      context.writeAndFlush(
        wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 200 Connection established\r\n\r\n")), promise: nil)
    }
  }

  /// Puts another handler in this one's place and gives it what was read too far.
  private func handOver(
    to successor: any ChannelHandler & RemovableChannelHandler, context: ChannelHandlerContext, before: () -> Void
  ) {
    isHandedOver = true
    hasRoom()
    before()
    let remaining = parser.takeRemaining()
    do {
      try context.pipeline.syncOperations.addHandler(successor, position: .after(self))
    } catch {
      return context.close(promise: nil)
    }
    if remaining.readableBytes > 0 { context.fireChannelRead(NIOAny(remaining)) }
    context.pipeline.syncOperations.removeHandler(self, promise: nil)
  }

  private func refuseMalformed(_ error: HTTPSyntaxError) {
    switch role {
    case .proxy(let origin): refuse(.malformed(.http1_1), origin: origin, .malformed(error))
    case .server(let tunnel): refuse(.malformed(.http1_1), tunnel: tunnel, .malformed(error))
    }
  }

  private func refuse(_ head: RequestHead, origin: Origin, _ objection: Chamber.Objection) {
    refuse(head, tunnel: Tunnel(origin: origin, destination: Destination(host: "proxy", port: 0)), objection)
  }

  /// Records and answers a request that is not let into the chamber at all.
  private func refuse(_ head: RequestHead, tunnel: Tunnel, _ objection: Chamber.Objection) {
    mustClose = true
    isHandedOver = true
    // A request that broke in its middle is at its end: what was held of it must not be let go later.
    conduit?.clientClosed()
    let request = ClientRequest(head: head, framing: .none, tunnel: tunnel)
    door.chamber.object(to: request.captured, objection, on: door.loop) { refusal in
      self.answer(LocalAnswer(refusal))
      self.closeAfterFlush()
    }
  }
}

// MARK: What the client is sent

extension HTTP1Door: ClientSide {
  var isWritable: Bool { context?.channel.isWritable ?? false }

  func send(head: ResponseHead) {
    guard let context else { return }
    // A client of HTTP/1.0 knows no interim answers (RFC 9110 §15.2).
    guard head.status >= 200 || head.status == 101 || clientVersion != .http1_0 else { return }
    if head.status >= 200, !head.connectionPersists { mustClose = true }
    if !head.hasLength(answering: method) { mustClose = true }
    var outgoing = head
    if clientVersion == .http1_0, head.fields.contains(named: "transfer-encoding") {
      sendsPlainBody = true
      mustClose = true
      outgoing.fields.remove(named: "transfer-encoding")
      outgoing.raw = nil
    }
    guard let bytes = try? outgoing.serialized() else { return abort() }
    context.write(wrapOutboundOut(bytes), promise: nil)
  }

  func send(body: ByteBuffer, wire: ByteBuffer) {
    context?.write(wrapOutboundOut(sendsPlainBody ? body : wire), promise: nil)
  }

  func end(trailers: [HTTPField], wire: ByteBuffer) {
    guard wire.readableBytes > 0, !sendsPlainBody else { return }
    context?.write(wrapOutboundOut(wire), promise: nil)
  }

  func flush() { context?.flush() }

  func answer(_ answer: LocalAnswer) {
    guard let context else { return }
    if conduit?.isRequestWhole != true { mustClose = true }
    context.writeAndFlush(wrapOutboundOut(answer.serialized(answering: method, closing: mustClose)), promise: nil)
  }

  /// Cut off, not ended: neither a close_notify (RFC 8446 §6.1) nor a FIN may say that the answer was whole.
  func abort() {
    mustClose = true
    guard let context else { return }
    let reset = linger(l_onoff: 1, l_linger: 0)
    (context.channel as? any SocketOptionProvider)?.setSoLinger(reset).whenComplete { _ in }
    let tls = try? context.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)
    (tls ?? context).close(promise: nil)
  }

  func pauseReading() {
    isPaused = true
    setAutoRead()
  }

  func resumeReading() {
    isPaused = false
    setAutoRead()
  }

  private func hasRoom() {
    guard isFull else { return }
    isFull = false
    setAutoRead()
  }

  private func setAutoRead() {
    // Fails only on a channel that is closed already.
    try? context?.channel.syncOptions?.setOption(.autoRead, value: !isPaused && !isFull)
  }

  func switchProtocols(
    _ head: ResponseHead, to upstream: any UpstreamStream, of request: ClientRequest, exchange: Exchange,
    _ terms: AnswerTerms?
  ) -> (any UpstreamStreamDelegate)? {
    guard let context else {
      upstream.cancel()
      return nil
    }
    let successor: WebSocketDoor
    do throws(WebSocketError) {
      successor = try WebSocketDoor(
        door: door, upstream: upstream, request: request, response: head, handshake: exchange, terms)
    } catch {
      upstream.cancel()
      var failed = exchange
      failed.status = 502
      door.chamber.complete(failed)
      answer(.init(status: 502, sentence: error.sentence))
      closeAfterFlush()
      return nil
    }
    handOver(to: successor, context: context) {
      send(head: head)
      context.flush()
    }
    return successor
  }
}
