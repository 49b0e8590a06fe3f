internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2

@testable internal import Wire

/// One stream: sends back each piece of the body as it comes, and ends with a trailer that counts them.
final class UpstreamHTTP2: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame.FramePayload
  typealias OutboundOut = HTTP2Frame.FramePayload

  private let room: UpstreamServer.Room
  private var request = UpstreamServer.Request()

  init(_ room: UpstreamServer.Room) { self.room = room }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .headers(let part) where request.method.isEmpty:
      request.method = part.headers.first(name: ":method") ?? ""
      request.target = part.headers.first(name: ":path") ?? ""
      request.fields = part.headers.map { HTTPField(name: $0.name, value: $0.value) }
      let type = part.headers.first(name: "content-type") ?? "application/grpc"
      write(.headers(.init(headers: HPACKHeaders([(":status", "200"), ("content-type", type)]))), context)
      if part.endStream { end(context) }
    case .headers(let part):
      request.trailers = part.headers.map { HTTPField(name: $0.name, value: $0.value) }
      end(context)
    case .data(let part):
      guard case .byteBuffer(let bytes) = part.data else { return }
      request.body += bytes.readableBytesView
      room.memory.change {
        $0.rawBytes += bytes.readableBytesView
        $0.totalBytes += bytes.readableBytes
      }
      write(.data(.init(data: .byteBuffer(bytes))), context)
      if part.endStream { end(context) }
    default: return
    }
  }

  private func end(_ context: ChannelHandlerContext) {
    request.ledgerSize = room.ledgerSize()
    request.isWhole = true
    let ended = request
    room.memory.change { $0.requests.append(ended) }
    let trailers = HPACKHeaders([("grpc-status", "0"), ("x-bytes", "\(ended.body.count)")])
    write(.headers(.init(headers: trailers, endStream: true)), context)
  }

  private func write(_ payload: HTTP2Frame.FramePayload, _ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(payload), promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
