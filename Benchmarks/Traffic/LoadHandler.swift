internal import NIOCore
internal import NIOSSL

/// Opens the way through the proxy, then reads answers.
final class LoadHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  private let connection: LoadConnection
  private var messages = MessageLength()
  private var events = EventReader()
  private var isOpen = false
  private let generation: Int

  init(_ connection: LoadConnection) {
    self.connection = connection
    generation = connection.generation
  }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive, !isOpen { begin(context) }
  }

  func channelActive(context: ChannelHandlerContext) { if !isOpen { begin(context) } }

  private func begin(_ context: ChannelHandlerContext) {
    let target = connection.load.target
    guard target.isProxy else { return secure(context) }
    let line = "CONNECT \(target.host):\(target.port) HTTP/1.1\r\nhost: \(target.host):\(target.port)\r\n\r\n"
    context.writeAndFlush(NIOAny(ByteBuffer(string: line)), promise: nil)
  }

  /// TLS beneath this handler; it writes the request at once, which waits for the handshake.
  private func secure(_ context: ChannelHandlerContext) {
    isOpen = true
    let target = connection.load.target
    do {
      let tls = try NIOSSLClientHandler(context: target.tls, serverHostname: target.host)
      try context.pipeline.syncOperations.addHandler(tls, position: .before(self))
      connection.opened(context.channel)
    } catch {
      context.close(promise: nil)
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    guard isOpen else {
      guard let message = messages.next(&bytes) else { return }
      guard message.firstLine.contains(" 200") else { return context.close(promise: nil) }
      return secure(context)
    }
    if connection.load.job.kind == .events {
      let isEnd = events.read(&bytes) { connection.event(sentAt: $0) }
      if isEnd { connection.answered() }
      return
    }
    while let message = messages.next(&bytes) {
      guard message.firstLine.contains(" 200") else { return context.close(promise: nil) }
      connection.answered()
    }
  }

  func channelInactive(context: ChannelHandlerContext) { connection.failed(generation) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
