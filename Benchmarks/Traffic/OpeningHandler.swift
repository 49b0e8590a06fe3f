internal import NIOCore
internal import NIOHTTP2
internal import NIOSSL

/// Opens the way through the proxy, then gives its place to who speaks with the server.
final class OpeningHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  private let connection: LoadConnection
  private var messages = MessageLength()
  private var isOpen = false
  private let generation: Int

  init(_ connection: LoadConnection) {
    self.connection = connection
    generation = connection.generation
  }

  func channelActive(context: ChannelHandlerContext) {
    let target = connection.load.target
    guard target.isProxy else { return secure(context) }
    let line = "CONNECT \(target.host):\(target.port) HTTP/1.1\r\nhost: \(target.host):\(target.port)\r\n\r\n"
    context.writeAndFlush(NIOAny(ByteBuffer(string: line)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    guard let message = messages.next(&bytes) else { return }
    guard message.firstLine.contains(" 200") else { return context.close(promise: nil) }
    secure(context)
  }

  /// TLS, and the request at once, which waits for the handshake.
  private func secure(_ context: ChannelHandlerContext) {
    isOpen = true
    let target = connection.load.target
    let isHTTP2 = connection.kind == .http2
    do {
      let pipeline = context.pipeline.syncOperations
      try pipeline.addHandler(
        NIOSSLClientHandler(context: isHTTP2 ? target.tls2 : target.tls, serverHostname: target.host))
      if isHTTP2 {
        let handler = NIOHTTP2Handler(
          mode: .client, eventLoop: context.eventLoop, connectionConfiguration: .init(), streamConfiguration: .init(),
          inboundStreamInitializer: { $0.eventLoop.makeSucceededVoidFuture() })
        try pipeline.addHandler(handler)
        connection.streams = try handler.syncMultiplexer()
      }
      try pipeline.addHandler(LoadHandler(connection, generation))
      context.pipeline.syncOperations.removeHandler(self, promise: nil)
      connection.opened(context.channel)
    } catch {
      context.close(promise: nil)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    if !isOpen { connection.failed(generation) }
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
