internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2

/// Answers one stream of the mock server when the request has ended.
final class HTTP2MockHandler: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame.FramePayload
  typealias OutboundOut = HTTP2Frame.FramePayload

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .headers(let headers) where headers.endStream: answer(context)
    case .data(let data) where data.endStream: answer(context)
    default: break
    }
  }

  private func answer(_ context: ChannelHandlerContext) {
    let headers: HPACKHeaders = [":status": "200", "content-type": "application/json"]
    context.write(wrapOutboundOut(.headers(.init(headers: headers))), promise: nil)
    context.writeAndFlush(
      wrapOutboundOut(.data(.init(data: .byteBuffer(MockServer.body), endStream: true))), promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
