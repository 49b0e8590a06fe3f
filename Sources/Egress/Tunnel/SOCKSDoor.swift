internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Wire

/// Speaks SOCKS 4, 4a or 5 with a client until it has said whom it wants.
final class SOCKSDoor: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let door: LoopDoor
  private let origin: Origin
  private var negotiation = SOCKSNegotiation()
  private var isDone = false

  init(door: LoopDoor, origin: Origin) {
    self.door = door
    self.origin = origin
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isDone else { return context.fireChannelRead(data) }
    negotiation.append(unwrapInboundIn(data))
    while !isDone, let action = negotiation.next() { perform(action, context) }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed, !isDone { return context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func perform(_ action: SOCKSNegotiation.Action, _ context: ChannelHandlerContext) {
    switch action {
    case .reply(let bytes): context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    case .connect(let request): open(request, context)
    case .refuse(let bytes, _):
      isDone = true
      context.writeAndFlush(wrapOutboundOut(bytes)).assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }
  }

  /// The client is told that all is well before anybody was connected to: what it says next decides what becomes of it.
  private func open(_ request: SOCKSRequest, _ context: ChannelHandlerContext) {
    isDone = true
    let host: String
    switch request.host {
    case .name(let name): host = name
    case .address(let bytes): host = IPAddress(bytes: bytes)?.description ?? ""
    }
    guard let destination = door.names.meant(by: Destination(host: host, port: request.port)) else {
      return context.close(promise: nil)
    }
    let tunnel = Tunnel(origin: origin, destination: destination)
    context.writeAndFlush(wrapOutboundOut(negotiation.succeed()), promise: nil)
    let remaining = negotiation.takeRemaining()
    do {
      let successor = OpeningHandler(door: door, tunnel: tunnel)
      try context.pipeline.syncOperations.addHandler(successor, position: .after(self))
    } catch {
      return context.close(promise: nil)
    }
    if remaining.readableBytes > 0 { context.fireChannelRead(NIOAny(remaining)) }
    context.pipeline.syncOperations.removeHandler(self, promise: nil)
  }
}
