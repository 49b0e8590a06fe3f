internal import NIOCore

@testable internal import Wire

/// Reads requests one after another; the script is asked at the end of each.
final class UpstreamHTTP1: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let room: UpstreamServer.Room
  private var parser = RequestParser()
  private var request = UpstreamServer.Request()
  private var isRaw = false
  private var isEcho = false

  init(_ room: UpstreamServer.Room) { self.room = room }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    room.memory.change { $0.totalBytes += bytes.readableBytes }
    guard !isRaw else { return raw(bytes, context) }
    parser.append(bytes)
    do {
      while !isRaw, let event = try parser.next() { take(event, context) }
    } catch {
      room.memory.change { $0.requests.append(.init(method: "UNREADABLE", target: "\(error)")) }
      context.close(promise: nil)
    }
  }

  private func take(_ event: RequestParser.Event, _ context: ChannelHandlerContext) {
    switch event {
    case .head(let head, _):
      request = .init(method: head.method, target: head.target, fields: head.fields)
      request.rawHead = head.raw.map { String(buffer: $0) } ?? ""
      if head.fields.contains(named: "x-answer-early") { perform(context) }
    case .body(let content, _):
      request.body += content.readableBytesView
      room.memory.change { $0.rawBytes += content.readableBytesView }
    case .end(let trailers, _):
      request.trailers = trailers
      request.ledgerSize = room.ledgerSize()
      request.isWhole = true
      let ended = request
      room.memory.change { $0.requests.append(ended) }
      if !request.fields.contains(named: "x-answer-early") { perform(context) }
    }
  }

  private func perform(_ context: ChannelHandlerContext) {
    for step in room.script(request) {
      switch step {
      case .answer(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
      case .bytes(let bytes): context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
      case .close: context.close(promise: nil)
      case .echo, .silence:
        isRaw = true
        if case .echo = step { isEcho = true }
        let rest = parser.takeRemaining()
        if rest.readableBytes > 0 { raw(rest, context) }
      }
    }
    if !isRaw, parser.isAwaitingSwitch { parser.resume() }
  }

  private func raw(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
    room.memory.change { $0.rawBytes += bytes.readableBytesView }
    if isEcho { context.writeAndFlush(wrapOutboundOut(bytes), promise: nil) }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed { context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) { room.memory.change { $0.endedConnections += 1 } }
  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
