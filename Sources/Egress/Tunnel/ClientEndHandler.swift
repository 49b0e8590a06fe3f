internal import NIOCore

/// Ends a connection whose client has ended its side, where a half-open one would serve nobody.
final class ClientEndHandler: ChannelInboundHandler {
  typealias InboundIn = Never

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed { context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }
}
