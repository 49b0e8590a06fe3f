internal import NIOCore

/// Speaks no dialect: greets where it was told to, then sends back what it gets, and ends when the other side ends.
final class UpstreamBytes: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let room: UpstreamServer.Room
  private let greeting: String?

  init(_ room: UpstreamServer.Room, greeting: String?) {
    self.room = room
    self.greeting = greeting
  }

  func channelActive(context: ChannelHandlerContext) {
    if let greeting { context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: greeting)), promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    room.memory.change {
      $0.rawBytes += bytes.readableBytesView
      $0.totalBytes += bytes.readableBytes
    }
    context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed {
      room.memory.change { $0.endedConnections += 1 }
      context.close(promise: nil)
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
