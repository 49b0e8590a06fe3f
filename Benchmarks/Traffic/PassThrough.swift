internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// The least that a proxy which intercepts TLS can do: take CONNECT, end TLS on both sides, copy the bytes.
///
/// It looks at nothing and keeps nothing. What Sallyport costs beyond it is what Sallyport does.
final class PassThrough: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let server: NIOSSLContext
  private let client: NIOSSLContext
  private let upstream: Int
  private var opening = MessageLength()

  init(server: NIOSSLContext, client: NIOSSLContext, upstream: Int) {
    self.server = server
    self.client = client
    self.upstream = upstream
  }

  static func listen(
    on loop: any EventLoop, certificate: String, key: String, authority: String, upstream: Int
  ) throws -> any Channel {
    let server = try TLS.server(certificate: certificate, key: key)
    let client = try TLS.client(authority: authority)
    return try ServerBootstrap(group: loop)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            PassThrough(server: server, client: client, upstream: upstream))
        }
      }
      .bind(host: "127.0.0.1", port: 0).wait()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    guard opening.next(&bytes) != nil else { return }
    let near = context.channel
    let client = self.client
    let server = self.server
    // What the client says next waits in the socket.
    try? near.syncOptions?.setOption(.autoRead, value: false)
    ClientBootstrap(group: context.eventLoop)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            NIOSSLClientHandler(context: client, serverHostname: "localhost"))
        }
      }
      .connect(host: "127.0.0.1", port: upstream).assumeIsolated().whenComplete { result in
        do {
          let far = try result.get()
          try far.pipeline.syncOperations.addHandler(Splice(to: near))
          near.writeAndFlush(ByteBuffer(string: "HTTP/1.1 200 OK\r\n\r\n"), promise: nil)
          try near.pipeline.syncOperations.addHandlers(NIOSSLServerHandler(context: server), Splice(to: far))
          context.pipeline.syncOperations.removeHandler(self, promise: nil)
          try near.syncOptions?.setOption(.autoRead, value: true)
        } catch {
          near.close(promise: nil)
        }
      }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
