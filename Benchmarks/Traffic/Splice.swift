internal import NIOCore

/// Copies what one side says to the other, and waits where the other is full.
final class Splice: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let other: any Channel

  init(to other: any Channel) { self.other = other }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    other.write(unwrapInboundIn(data), promise: nil)
    if !other.isWritable { try? context.channel.syncOptions?.setOption(.autoRead, value: false) }
  }

  func channelReadComplete(context: ChannelHandlerContext) { other.flush() }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    try? other.syncOptions?.setOption(.autoRead, value: context.channel.isWritable)
  }

  func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
