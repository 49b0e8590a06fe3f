internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// The server behind every proxy that is measured: TLS, HTTP/1.1, one kilobyte for a POST and events for `GET /events`.
final class MockServer: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var messages = MessageLength()
  private static let answer = ByteBuffer(
    string: "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n"
      + "{\"text\":\"" + String(repeating: "x", count: 989) + "\"}")

  static func listen(on loop: any EventLoop, certificate: String, key: String) throws -> any Channel {
    let context = try TLS.server(certificate: certificate, key: key)
    return try ServerBootstrap(group: loop)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
          try channel.pipeline.syncOperations.addHandler(MockServer())
        }
      }
      .bind(host: "127.0.0.1", port: 0).wait()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    while let message = messages.next(&bytes) {
      if message.firstLine.hasPrefix("GET /events?") {
        EventStream(message.firstLine, to: context.channel).begin()
      } else {
        context.write(wrapOutboundOut(Self.answer), promise: nil)
      }
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) { context.flush() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
