internal import NIOCore
internal import NIOHTTP2
internal import NIOPosix
internal import NIOSSL

/// The server behind every proxy that is measured: TLS, HTTP/1.1 and 2, one kilobyte for a POST, events for `GET /events`,
/// and on a WebSocket each message back.
final class MockServer: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var messages = MessageLength()
  private var echo: ByteBuffer?
  static let body = ByteBuffer(string: "{\"text\":\"" + String(repeating: "x", count: 989) + "\"}")
  private static let head =
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: \(body.readableBytes)\r\n\r\n"
  private static let answer = ByteBuffer(string: head + String(buffer: body))

  static func listen(on loop: any EventLoop, certificate: String, key: String) throws -> any Channel {
    let context = try TLS.server(certificate: certificate, key: key, protocols: ["h2", "http/1.1"])
    return try ServerBootstrap(group: loop)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
        }.flatMap {
          channel.configureHTTP2SecureUpgrade(
            h2ChannelConfigurator: { channel in
              channel.configureHTTP2Pipeline(
                mode: .server,
                inboundStreamInitializer: { stream in
                  stream.eventLoop.makeCompletedFuture {
                    try stream.pipeline.syncOperations.addHandler(HTTP2MockHandler())
                  }
                }
              ).map { _ in }
            },
            http1ChannelConfigurator: { channel in
              channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(MockServer())
              }
            })
        }
      }
      .bind(host: "127.0.0.1", port: 0).wait()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    guard echo == nil else { return sayBack(bytes, context) }
    while let message = messages.next(&bytes) {
      if message.firstLine.hasPrefix("GET /events?") {
        EventStream(message.firstLine, to: context.channel).begin()
      } else if message.firstLine.hasPrefix("GET /socket ") {
        upgrade(context)
        return sayBack(bytes, context)
      } else {
        context.write(wrapOutboundOut(Self.answer), promise: nil)
      }
    }
  }

  private func upgrade(_ context: ChannelHandlerContext) {
    echo = ByteBuffer()
    let head = "HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n"
    let accept = "sec-websocket-accept: \(WebSocketFrames.accept)\r\n\r\n"
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: head + accept)), promise: nil)
  }

  private func sayBack(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
    var received = echo ?? ByteBuffer()
    received.writeImmutableBuffer(bytes)
    while let (opcode, payload) = WebSocketFrames.next(&received) {
      context.writeAndFlush(wrapOutboundOut(WebSocketFrames.frame(opcode, payload, isMasked: false)), promise: nil)
    }
    echo = received
  }

  func channelReadComplete(context: ChannelHandlerContext) { context.flush() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
