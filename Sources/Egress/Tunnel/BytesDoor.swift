internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Wire

/// Carries a dialect that nobody taught us: every piece of it is inspected as plain bytes and recorded before it goes.
///
/// A client that was silent gets a server to listen to; if it is the first to speak after all, it is looked at anew.
final class BytesDoor: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let door: LoopDoor
  private let tunnel: Tunnel
  private let examination: Examination
  private var held = ByteBuffer()
  private var upstream: (any Channel)?
  private var exchange: Exchange?
  private var context: ChannelHandlerContext?
  private var isDeciding = false
  private var isConnecting = false
  private var hasClientEnded: Bool
  private var back: SpliceBackHandler?
  /// Whether nobody has spoken yet, neither client nor server.
  private var isSilent: Bool
  /// Whether another handler has this one's place; what still comes through here is for that one.
  private var hasLeft = false

  init(door: LoopDoor, tunnel: Tunnel, clientIsSilent: Bool, clientHasEnded: Bool = false) {
    hasClientEnded = clientHasEnded
    isSilent = clientIsSilent
    self.door = door
    self.tunnel = tunnel
    var captured = Captured(
      origin: tunnel.origin, destination: tunnel.destination, protocolName: .bytes, method: "BYTES", target: "/")
    captured.isBodyOnly = true
    captured.authority = tunnel.destination.host
    examination = door.chamber.examine(captured)
  }

  /// Decided before the first byte: a server that speaks first is not connected to before policy was asked.
  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    decide()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if hasLeft { return context.fireChannelRead(data) }
    if isSilent { return startOver(with: data, context) }
    var bytes = unwrapInboundIn(data)
    examination.take(bytes)
    held.writeBuffer(&bytes)
    if held.readableBytes > door.limits.bodyMemoryBytes { setAutoRead(false) }
    decide()
  }

  private func decide() {
    guard !isDeciding, !isConnecting, context != nil, exchange == nil || held.readableBytes > 0 else {
      return endUpstreamWhereClientEnded()
    }
    isDeciding = true
    let piece = held
    held = ByteBuffer()
    door.chamber.admit(examination, continuing: exchange, body: { nil }, on: door.loop) { verdict in
      self.isDeciding = false
      // Decided too late: nothing of it leaves.
      guard self.context != nil else { return }
      switch consume verdict {
      case .admitted(let admitted): self.release(piece, admitted)
      // No body was offered for redaction, so none comes back.
      case .redacted: self.close()
      case .refused(let refusal):
        self.exchange = refusal.exchange.carrying(on: self.exchange)
        self.close()
      }
    }
  }

  /// The only way out.
  private func release(_ piece: ByteBuffer, _ admitted: consuming Admitted) {
    let isFirst = exchange == nil
    exchange = admitted.exchange.carrying(on: exchange)
    guard isFirst else { return forward(piece) }
    isConnecting = true
    let tls = tunnel.isTLS ? TLSOptions(serverName: tunnel.destination.host, protocols: []) : nil
    door.connector.connect(to: tunnel.destination, tls: tls, on: door.loop).assumeIsolated().whenComplete { result in
      self.isConnecting = false
      guard case .success(let connection) = result else { return self.close() }
      guard let context = self.context else { return connection.channel.close(promise: nil) }
      self.exchange?.address = connection.remoteAddress
      self.upstream = connection.channel
      do {
        try connection.channel.syncOptions?.setOption(.autoRead, value: true)
        let back = SpliceBackHandler(client: context.channel) { [weak self] in self?.heard($0) }
        self.back = back
        try connection.channel.pipeline.syncOperations.addHandler(back)
      } catch {
        return self.close()
      }
      self.forward(piece)
    }
  }

  private func heard(_ count: Int) {
    isSilent = false
    exchange?.responseBytes += count
  }

  /// The client spoke first, only late: what it speaks may well be known. The server that was to begin is let go.
  private func startOver(with data: NIOAny, _ context: ChannelHandlerContext) {
    hasLeft = true
    back?.isDetached = true
    upstream?.close(promise: nil)
    self.context = nil
    if let exchange { door.chamber.complete(exchange) }
    exchange = nil
    do {
      let successor = OpeningHandler(door: door, tunnel: tunnel)
      try context.pipeline.syncOperations.addHandler(successor, position: .after(self))
      try context.channel.syncOptions?.setOption(.autoRead, value: true)
    } catch {
      return context.close(promise: nil)
    }
    context.fireChannelRead(data)
    context.pipeline.syncOperations.removeHandler(self, promise: nil)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed {
      hasClientEnded = true
      decide()
    }
    context.fireUserInboundEventTriggered(event)
  }

  /// Half-closed by the client, and so towards the upstream once all has gone: its answer may still come.
  private func endUpstreamWhereClientEnded() {
    guard hasClientEnded, !isDeciding, !isConnecting, held.readableBytes == 0 else { return }
    upstream?.close(mode: .output, promise: nil)
  }

  private func forward(_ piece: ByteBuffer) {
    exchange?.forwardedBytes += piece.readableBytes
    upstream?.writeAndFlush(piece, promise: nil)
    setAutoRead(upstream?.isWritable ?? true)
    decide()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    // Fails only on a channel that is closed already.
    try? upstream?.syncOptions?.setOption(.autoRead, value: context.channel.isWritable)
  }

  func channelInactive(context: ChannelHandlerContext) { close() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { close() }

  private func setAutoRead(_ isOn: Bool) {
    try? context?.channel.syncOptions?.setOption(.autoRead, value: isOn)
  }

  private func close() {
    upstream?.close(promise: nil)
    context?.close(promise: nil)
    context = nil
    if let exchange { door.chamber.complete(exchange) }
    exchange = nil
  }
}
