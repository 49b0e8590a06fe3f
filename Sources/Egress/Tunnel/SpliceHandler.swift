internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Wire

/// Carries an unintercepted connection: both ways, byte for byte, counted and not seen.
final class SpliceHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let door: LoopDoor
  private let tunnel: Tunnel
  private let rule: RuleReference
  private var early = ByteBuffer()
  private var upstream: (any Channel)?
  private var exchange: Exchange?
  private var context: ChannelHandlerContext?
  private var hasClientEnded = false

  init(door: LoopDoor, tunnel: Tunnel, rule: RuleReference) {
    self.door = door
    self.tunnel = tunnel
    self.rule = rule
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    door.chamber.admitUninspected(tunnel.destination, origin: tunnel.origin, rule: rule, on: door.loop) { verdict in
      switch consume verdict {
      case .admitted(let admitted): self.connect(admitted)
      case .redacted: context.close(promise: nil)
      case .refused: context.close(promise: nil)
      }
    }
  }

  private func connect(_ admitted: consuming Admitted) {
    exchange = admitted.exchange
    door.connector.connect(to: tunnel.destination, tls: nil, on: door.loop).assumeIsolated().whenComplete { result in
      guard case .success(let connection) = result else { return self.close() }
      guard let context = self.context else { return connection.channel.close(promise: nil) }
      self.exchange?.address = connection.remoteAddress
      self.join(connection.channel, context)
    }
  }

  private func join(_ channel: any Channel, _ context: ChannelHandlerContext) {
    upstream = channel
    do {
      let back = SpliceBackHandler(client: context.channel) { [weak self] bytes in
        self?.exchange?.responseBytes += bytes
      }
      try channel.pipeline.syncOperations.addHandler(back)
      try channel.syncOptions?.setOption(.autoRead, value: true)
    } catch {
      return close()
    }
    if early.readableBytes > 0 { forward(early) }
    channel.flush()
    endUpstreamWhereClientEnded()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed {
      hasClientEnded = true
      endUpstreamWhereClientEnded()
    }
    context.fireUserInboundEventTriggered(event)
  }

  /// Half-closed by the client, and so towards the upstream: its answer may still come.
  private func endUpstreamWhereClientEnded() {
    guard hasClientEnded, let upstream else { return }
    upstream.flush()
    upstream.close(mode: .output, promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    guard upstream != nil else {
      early.writeBuffer(&bytes)
      return
    }
    forward(bytes)
  }

  private func forward(_ bytes: ByteBuffer) {
    exchange?.requestBytes += bytes.readableBytes
    exchange?.forwardedBytes += bytes.readableBytes
    upstream?.write(bytes, promise: nil)
    if upstream?.isWritable == false { setAutoRead(false) }
  }

  func channelReadComplete(context: ChannelHandlerContext) { upstream?.flush() }

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
