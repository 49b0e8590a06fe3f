internal import Enforcement
internal import NIOCore

/// Looks at the first bytes of a client that was told of a proxy: HTTP or SOCKS.
final class ProxyOpeningHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let door: LoopDoor
  private let origin: Origin
  private var seen = ByteBuffer()
  private var isDone = false
  private var timer: Scheduled<Void>?

  init(door: LoopDoor, origin: Origin) {
    self.door = door
    self.origin = origin
  }

  func handlerAdded(context: ChannelHandlerContext) {
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: door.limits.idle) { context.close(promise: nil) }
  }

  func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isDone else { return context.fireChannelRead(data) }
    var bytes = unwrapInboundIn(data)
    seen.writeBuffer(&bytes)
    switch ConnectionOpening.classify(seen) {
    case .needMore: break
    case .socks4, .socks5: replace(with: SOCKSDoor(door: door, origin: origin), context)
    // Anything else is read as HTTP, which answers what it cannot read with 400.
    default: replace(with: HTTP1Door(door: door, role: .proxy(origin)), context)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed, !isDone { return context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func replace(with successor: any ChannelHandler, _ context: ChannelHandlerContext) {
    isDone = true
    timer?.cancel()
    do {
      try context.pipeline.syncOperations.addHandler(successor, position: .after(self))
    } catch {
      return context.close(promise: nil)
    }
    context.fireChannelRead(wrapInboundOut(seen))
    context.pipeline.syncOperations.removeHandler(self, promise: nil)
  }
}
