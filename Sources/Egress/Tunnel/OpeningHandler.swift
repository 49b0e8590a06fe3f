internal import Enforcement
internal import Evidence
internal import NIOCore
internal import NIOHTTP2
internal import NIOSSL
internal import NIOTLS
internal import Wire

/// Looks at the first bytes of a connection whose destination is known, and puts the handlers behind it that speak
/// what the client speaks.
///
/// TLS is taken off unless policy leaves the destination unintercepted; what is inside is looked at again.
final class OpeningHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let door: LoopDoor
  private var tunnel: Tunnel
  private var seen = ByteBuffer()
  private var phase = Phase.peeking
  private var timer: Scheduled<Void>?
  /// Whether a client that has begun to say something was given more time to finish it.
  private var hasWaited = false

  private enum Phase {
    case peeking
    /// TLS is being taken off; the next bytes are what was inside.
    case handshaking
    case done
  }

  init(door: LoopDoor, tunnel: Tunnel) {
    self.door = door
    self.tunnel = tunnel
  }

  func handlerAdded(context: ChannelHandlerContext) { armTimer(door.limits.opening, context) }

  func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard phase != .done else { return context.fireChannelRead(data) }
    var bytes = unwrapInboundIn(data)
    seen.writeBuffer(&bytes)
    look(context)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed, phase != .done { return clientEnded(context) }
    guard case .handshaking = phase, case TLSUserEvent.handshakeCompleted(let negotiated)? = event as? TLSUserEvent
    else {
      return context.fireUserInboundEventTriggered(event)
    }
    tunnel.isTLS = true
    phase = .peeking
    switch negotiated {
    case "h2": speakHTTP2(context)
    case "http/1.1": speakHTTP1(context)
    // No ALPN: the client may speak anything, and may even wait for the server to begin.
    default: armTimer(door.limits.opening, context)
    }
  }

  /// What was said up to here will not become more.
  private func clientEnded(_ context: ChannelHandlerContext) {
    guard case .peeking = phase, seen.readableBytes > 0 else { return context.close(promise: nil) }
    if beginsTLS { refuse(.unreadableHello, context) } else { speakBytes(context, clientHasEnded: true) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func armTimer(_ time: TimeAmount, _ context: ChannelHandlerContext) {
    timer?.cancel()
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: time) { [weak self] in
      guard let self else { return }
      switch self.phase {
      case .peeking: self.waited(context)
      case .handshaking: context.close(promise: nil)
      case .done: break
      }
    }
  }

  /// A client that says nothing waits for the server to begin, or only thinks. One that has begun is heard out: were it
  /// taken for a dialect that nobody taught us, a slow hello would carry TLS past us.
  private func waited(_ context: ChannelHandlerContext) {
    if seen.readableBytes == 0, hasWaited || tunnel.destination.serverSpeaksFirst || mayServerBegin {
      return speakBytes(context)
    }
    guard hasWaited else {
      hasWaited = true
      return armTimer(door.limits.handshake, context)
    }
    if beginsTLS { refuse(.unreadableHello, context) } else { speakBytes(context) }
  }

  /// Whether a server that speaks first would be listened to: then it is asked now, else the client has more time.
  private var mayServerBegin: Bool {
    door.chamber.wouldAdmit(
      Captured(
        origin: tunnel.origin, destination: tunnel.destination, protocolName: .bytes, method: "BYTES", target: ""))
  }

  /// The type of a handshake record (RFC 8446 §5.1).
  private var beginsTLS: Bool { !tunnel.isTLS && seen.readableBytesView.first == 0x16 }

  private func look(_ context: ChannelHandlerContext) {
    guard case .peeking = phase else { return }
    switch ConnectionOpening.classify(seen) {
    case .needMore: break
    case .tls where !tunnel.isTLS: lookAtHello(context)
    case .http1: speakHTTP1(context)
    case .http2PriorKnowledge: speakHTTP2(context)
    default: speakBytes(context)
    }
  }

  private func lookAtHello(_ context: ChannelHandlerContext) {
    switch ClientHello.peek(seen) {
    case .needMore: break
    case .notTLS: speakBytes(context)
    case .malformed: refuse(.unreadableHello, context)
    case .hello(let hello): opened(with: hello, context)
    }
  }

  private func opened(with hello: ClientHello, _ context: ChannelHandlerContext) {
    if let name = hello.serverName, !tunnel.agrees(with: name) {
      return refuse(.misdirected(name, tunnel.destination), context)
    }
    guard let rule = door.chamber.uninspectedRule(for: tunnel.destination, agent: tunnel.origin.agent) else {
      return takeOffTLS(context)
    }
    replace(with: SpliceHandler(door: door, tunnel: tunnel, rule: rule), context)
  }

  private func takeOffTLS(_ context: ChannelHandlerContext) {
    do {
      let handler = NIOSSLServerHandler(
        context:
          try door.serverTLS.context(for: tunnel.destination.host, protocols: ["h2", "http/1.1"]))
      phase = .handshaking
      armTimer(door.limits.handshake, context)
      try context.pipeline.syncOperations.addHandler(handler, position: .before(self))
      let hello = seen
      seen.clear()
      context.pipeline.fireChannelRead(hello)
      context.pipeline.fireChannelReadComplete()
    } catch {
      context.close(promise: nil)
    }
  }

  /// Records a ClientHello that is not let in: it names another host than the connection was opened for, or cannot be
  /// read.
  private func refuse(_ objection: Chamber.Objection, _ context: ChannelHandlerContext) {
    phase = .done
    timer?.cancel()
    let captured = Captured(
      origin: tunnel.origin, destination: tunnel.destination, protocolName: .bytes, method: "TLS", target: "/")
    door.chamber.object(to: captured, objection, on: door.loop) { _ in
      // A fatal unrecognized_name alert (RFC 6066 §3).
      let alert = ByteBuffer(bytes: [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x70])
      context.writeAndFlush(NIOAny(alert)).assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }
  }
}

// MARK: What comes after

extension OpeningHandler {
  private func speakHTTP1(_ context: ChannelHandlerContext) {
    replace(with: HTTP1Door(door: door, role: .server(tunnel)), context)
  }

  private func speakBytes(_ context: ChannelHandlerContext, clientHasEnded: Bool = false) {
    let successor = BytesDoor(
      door: door, tunnel: tunnel, clientIsSilent: seen.readableBytes == 0, clientHasEnded: clientHasEnded)
    replace(with: successor, context)
  }

  private func speakHTTP2(_ context: ChannelHandlerContext) {
    do {
      let handler = HTTP2Connection.handler(on: context.channel, door: door, tunnel: tunnel)
      try context.pipeline.syncOperations.addHandlers(
        [BackPressureHandler(), ClientEndHandler(), handler, BrokenConnectionHandler(record: recordBroken)],
        position: .after(self))
      leave(context)
    } catch {
      context.close(promise: nil)
    }
  }

  private var recordBroken: (_ done: @escaping () -> Void) -> Void {
    let (door, tunnel) = (door, tunnel)
    return { done in
      let request = ClientRequest(head: .malformed(.http2), framing: .none, tunnel: tunnel)
      let objection = Chamber.Objection.malformed(400, "a frame or a head in it is not valid HTTP/2 (RFC 9113)")
      door.chamber.object(to: request.captured, objection, on: door.loop) { _ in done() }
    }
  }

  private func replace(with successor: any ChannelHandler, _ context: ChannelHandlerContext) {
    do {
      try context.pipeline.syncOperations.addHandler(successor, position: .after(self))
      leave(context)
    } catch {
      context.close(promise: nil)
    }
  }

  private func leave(_ context: ChannelHandlerContext) {
    phase = .done
    timer?.cancel()
    if seen.readableBytes > 0 {
      context.fireChannelRead(wrapInboundOut(seen))
      context.fireChannelReadComplete()
    }
    context.pipeline.syncOperations.removeHandler(self, promise: nil)
  }
}
