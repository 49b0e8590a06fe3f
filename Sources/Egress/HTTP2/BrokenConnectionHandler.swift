internal import NIOCore
internal import NIOHTTP2

/// Ends an HTTP/2 connection whose client broke the protocol: to go on reading would be to answer each further frame.
final class BrokenConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = Any

  private let record: (_ done: @escaping () -> Void) -> Void
  private var isBroken = false

  /// - Parameter record: makes a record of it, after which the connection is closed.
  init(record: @escaping (_ done: @escaping () -> Void) -> Void = { $0() }) {
    self.record = record
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // That a client went away breaks no protocol.
    guard error is any NIOHTTP2Error else { return context.close(promise: nil) }
    guard !isBroken else { return }
    isBroken = true
    // Fails only on a channel that is closed already.
    try? context.channel.syncOptions?.setOption(.autoRead, value: false)
    record { context.close(promise: nil) }
  }
}
