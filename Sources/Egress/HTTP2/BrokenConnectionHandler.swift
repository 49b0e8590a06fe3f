internal import NIOCore

/// Ends an HTTP/2 connection whose client broke the protocol: to go on reading would be to answer each further frame.
final class BrokenConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = Any

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
