internal import Evidence
internal import NIOCore
internal import NIOSSL
internal import NIOTLS

/// Sits behind a client's TLS handler until the handshake is done and the certificate is known to be for the right
/// host; reads on its own meanwhile, since the channel's automatic reading is off.
///
/// The promise is completed on the loop, before anything that the peer sent behind its handshake is delivered: who
/// adds handlers in its callback misses nothing.
final class HandshakeHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  private let host: String
  private let clock: WallClock
  private var promise: EventLoopPromise<String?>?
  private var timeout: Scheduled<Void>?

  /// - Parameter promise: gets the protocol that was agreed on, if any.
  init(host: String, clock: WallClock, promise: EventLoopPromise<String?>) {
    self.host = host
    self.clock = clock
    self.promise = promise
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timeout = context.eventLoop.scheduleTask(in: TLSLimits.handshakeTimeout) {
      let (handler, context) = bound.value
      handler.fail(
        WireError(.timedOut, at: handler.host, "the server did not finish the TLS handshake in time."), context)
    }
    if context.channel.isActive { context.read() }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    fail(WireError(.handshakeFailed, at: host, "the connection was closed during the TLS handshake."), context)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if promise != nil { context.read() }
    context.fireChannelReadComplete()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case .handshakeCompleted(let negotiated)? = event as? TLSUserEvent else {
      context.fireUserInboundEventTriggered(event)
      return
    }
    guard let certificate = Self.peerCertificate(context) else {
      fail(WireError(.handshakeFailed, at: host, "the server showed no certificate."), context)
      return
    }
    if let actual = ServerIdentity(host: host).mismatch(in: certificate) {
      fail(
        WireError(
          .certificateNameMismatch, at: host, "the server's certificate is not for this host but for \(actual).",
          remedy: "Something else answers in its place, or its owner must get a certificate for this name."), context)
      return
    }
    timeout?.cancel()
    let promise = self.promise
    self.promise = nil
    promise?.succeed(negotiated?.isEmpty == false ? negotiated : nil)
    context.pipeline.syncOperations.removeHandler(self, promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard promise != nil else {
      context.fireErrorCaught(error)
      return
    }
    let failure = TLSFailure(
      host: host, certificate: Self.peerCertificate(context), now: Int(clock.now().millisecondsSinceEpoch / 1_000))
    fail(failure.translated(error), context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail(
      WireError(
        .handshakeFailed, at: host, "the server closed the connection during the TLS handshake.",
        remedy: "It may not speak TLS on this port, or not serve this name."), context)
    context.fireChannelInactive()
  }

  private func fail(_ error: WireError, _ context: ChannelHandlerContext) {
    timeout?.cancel()
    guard let promise else { return }
    self.promise = nil
    promise.fail(error)
    context.close(mode: .all, promise: nil)
  }

  private static func peerCertificate(_ context: ChannelHandlerContext) -> NIOSSLCertificate? {
    (try? context.pipeline.syncOperations.handler(type: NIOSSLHandler.self))?.peerCertificate
  }
}
