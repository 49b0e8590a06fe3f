internal import NIOCore

/// Reads a server's answers.
final class LoadHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let connection: LoadConnection
  private let generation: Int
  private var messages = MessageLength()
  private var events = EventReader()
  private var talk = WebSocketTalk()

  init(_ connection: LoadConnection, _ generation: Int) {
    self.connection = connection
    self.generation = generation
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard connection.kind != .http2 else { return }
    var bytes = unwrapInboundIn(data)
    switch connection.kind {
    case .events: if events.read(&bytes, { connection.event(sentAt: $0) }) { connection.answered() }
    case .webSocket: talkOn(&bytes, context)
    default:
      while let message = messages.next(&bytes) {
        guard message.firstLine.contains(" 200") else { return context.close(promise: nil) }
        connection.answered()
      }
    }
  }

  private func talkOn(_ bytes: inout ByteBuffer, _ context: ChannelHandlerContext) {
    switch talk.read(&bytes, body: connection.body) {
    case .say(let frame): context.writeAndFlush(NIOAny(frame), promise: nil)
    case .listen: break
    case .end: connection.answered()
    case .fail: context.close(promise: nil)
    }
  }

  func channelInactive(context: ChannelHandlerContext) { connection.failed(generation) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
