internal import NIOCore

/// The upstream's end of a spliced connection.
final class SpliceBackHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let client: any Channel
  private let count: (Int) -> Void
  /// Whether the client's connection has found another use, so that this one's end does not end it.
  var isDetached = false

  init(client: any Channel, count: @escaping (Int) -> Void) {
    self.client = client
    self.count = count
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isDetached else { return }
    let bytes = unwrapInboundIn(data)
    count(bytes.readableBytes)
    client.write(bytes, promise: nil)
    if !client.isWritable { try? context.channel.syncOptions?.setOption(.autoRead, value: false) }
  }

  func channelReadComplete(context: ChannelHandlerContext) { client.flush() }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    try? client.syncOptions?.setOption(.autoRead, value: context.channel.isWritable)
  }

  /// What was said last still reaches the client: a close alone would throw away what waits to be written.
  func channelInactive(context: ChannelHandlerContext) {
    guard !isDetached else { return }
    let client = client
    client.writeAndFlush(ByteBuffer()).whenComplete { _ in client.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
