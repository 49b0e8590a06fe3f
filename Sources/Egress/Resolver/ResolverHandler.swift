internal import NIOCore

/// Answers names asked over TCP, each message behind its length (RFC 7766 §8).
final class ResolverHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let desk: ResolverDesk
  private var reader = DNSStreamReader()

  init(desk: ResolverDesk) {
    self.desk = desk
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    reader.append(unwrapInboundIn(data))
    do throws(DNSError) {
      while let query = try reader.next() {
        guard let answer = desk.answer(query) else { continue }
        context.write(wrapOutboundOut(DNSStreamReader.frame(answer)), promise: nil)
      }
      context.flush()
    } catch {
      context.close(promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
