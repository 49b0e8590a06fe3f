internal import NIOCore

/// Answers with a long body as fast as its peer takes it.
final class FloodServer: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var remaining: Int
  private var hasBegun = false

  init(bytes: Int) {
    remaining = bytes
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !hasBegun else { return }
    hasBegun = true
    let head = "HTTP/1.1 200 OK\r\nContent-Length: \(remaining)\r\n\r\n"
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: head)), promise: nil)
    pump(context)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    pump(context)
  }

  private func pump(_ context: ChannelHandlerContext) {
    while hasBegun, remaining > 0, context.channel.isWritable {
      let count = min(remaining, 64 << 10)
      remaining -= count
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(repeating: 0x61, count: count)), promise: nil)
    }
  }
}

/// Takes a body of known size and says "ok" when it has all.
final class SinkServer: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let expected: Int
  private var received = 0
  private var hasHead = false

  init(expected: Int) {
    self.expected = expected
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    // The tests' bodies hold no line end, so everything up to the last one is head.
    let view = bytes.readableBytesView
    let headEnd = view.lastIndex(of: UInt8(ascii: "\n")).map { $0 - view.startIndex + 1 } ?? 0
    received += bytes.readableBytes - headEnd
    guard received >= expected else { return }
    let text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
  }
}
