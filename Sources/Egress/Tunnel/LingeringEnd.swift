internal import NIOCore

/// The end of a connection whose client may still be talking: our side ends at once, and what is still said is taken
/// and dropped until the client ends too (RFC 9112 §9.6).
///
/// A connection that is closed over unread bytes is reset, and with the reset the client may lose the answer that told
/// it to stop.
final class LingeringEnd: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let time: TimeAmount
  private var bytesLeft: Int
  private var timer: Scheduled<Void>?

  private init(_ limits: DoorLimits) {
    time = limits.lingering
    bytesLeft = limits.lingeringBytes
  }

  /// Ends our side behind everything that was written.
  ///
  /// - Parameter context: of a handler that hands on what it reads and is told from here on.
  static func begin(behind context: ChannelHandlerContext, _ limits: DoorLimits) {
    do {
      let end = LingeringEnd(limits)
      try context.pipeline.syncOperations.addHandler(end, position: .after(context.handler))
      try context.channel.syncOptions?.setOption(.autoRead, value: true)
    } catch {
      return context.close(promise: nil)
    }
    context.close(mode: .output, promise: nil)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
  }

  func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    bytesLeft -= unwrapInboundIn(data).readableBytes
    if bytesLeft < 0 { context.close(promise: nil) }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed { context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }
}
