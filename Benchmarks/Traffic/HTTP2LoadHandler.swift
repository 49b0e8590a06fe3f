internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2

/// One POST on a stream of its own.
final class HTTP2LoadHandler: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame.FramePayload
  typealias OutboundOut = HTTP2Frame.FramePayload
  private let connection: LoadConnection
  private var isEnded = false

  init(_ connection: LoadConnection) { self.connection = connection }

  func channelActive(context: ChannelHandlerContext) {
    let headers: HPACKHeaders = [
      ":method": "POST", ":scheme": "https", ":authority": connection.load.target.authority, ":path": "/v1/messages",
      "content-type": "application/json", "user-agent": "bench/1.0",
    ]
    context.write(wrapOutboundOut(.headers(.init(headers: headers))), promise: nil)
    context.writeAndFlush(
      wrapOutboundOut(.data(.init(data: .byteBuffer(connection.body), endStream: true))), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .headers(let headers) where headers.headers.first(name: ":status") != "200": end(isWhole: false)
    case .headers(let headers) where headers.endStream: end(isWhole: true)
    case .data(let data) where data.endStream: end(isWhole: true)
    default: break
    }
  }

  private func end(isWhole: Bool) {
    guard !isEnded else { return }
    isEnded = true
    connection.streamEnded(isWhole: isWhole)
  }

  func channelInactive(context: ChannelHandlerContext) { end(isWhole: false) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
