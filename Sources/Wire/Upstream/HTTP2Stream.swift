internal import Evidence
internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2

/// One request and its answer as a stream of an HTTP/2 connection; the handler of the stream's channel.
///
/// The channel does not read on its own: what waits for ``resumeReading()`` stays within the stream's window.
final class HTTP2Stream: ChannelInboundHandler, UpstreamTransport {
  typealias InboundIn = HTTP2Frame.FramePayload
  typealias OutboundOut = HTTP2Frame.FramePayload

  var stream: PooledStream?
  let isReused: Bool
  let remoteAddress: String
  private let connection: HTTP2Connection
  private var context: ChannelHandlerContext?
  private var isPaused = false
  private var hasFinalHead = false
  private var hasEndedRequest = false
  private var hasSentHead = false

  init(on connection: HTTP2Connection, isReused: Bool) {
    self.connection = connection
    self.isReused = isReused
    remoteAddress = connection.remoteAddress
  }

  var isHTTP2: Bool { true }
  var isWritable: Bool { context?.channel.isWritable ?? false }

  var isOpen: Bool { context != nil }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    connection.streamClosed()
    fail(WireError(.connectionLost, at: place, "the stream was closed before the answer was complete."))
  }

  func send(head: RequestHead, framing: BodyFraming) {
    let endsRequest =
      switch framing {
      case .none, .untilClose, .length(0): true
      case .length, .chunked: false
      }
    hasEndedRequest = endsRequest
    guard let context else {
      return fail(connection.lostError, isUnprocessed: true)
    }
    let payload = HTTP2Frame.FramePayload.headers(
      .init(headers: HPACKHeaders(head, scheme: "https"), endStream: endsRequest))
    let written = context.eventLoop.makePromise(of: Void.self)
    written.futureResult.assumeIsolated().whenSuccess { self.hasSentHead = true }
    context.write(wrapOutboundOut(payload), promise: written)
    if endsRequest { context.flush() }
    if !isPaused { context.read() }
  }

  func send(body: ByteBuffer) {
    guard !hasEndedRequest, body.readableBytes > 0 else { return }
    write(.data(.init(data: .byteBuffer(body))))
  }

  func end(trailers: [HTTPField]) {
    guard !hasEndedRequest else { return flush() }
    hasEndedRequest = true
    if trailers.isEmpty {
      write(.data(.init(data: .byteBuffer(ByteBuffer()), endStream: true)))
    } else {
      write(.headers(.init(headers: HPACKHeaders(trailers: trailers), endStream: true)))
    }
    flush()
  }

  func flush() {
    context?.flush()
  }

  func cancel() {
    stream = nil
    context?.close(promise: nil)
  }

  func pauseReading() {
    isPaused = true
  }

  func resumeReading() {
    guard isPaused else { return }
    isPaused = false
    context?.read()
  }

  /// HTTP/2 has no such thing; whoever wants an upgrade asks for HTTP/1.
  func becomeRaw() {}

  private func write(_ payload: HTTP2Frame.FramePayload) {
    context?.write(wrapOutboundOut(payload), promise: nil)
  }

  private var place: String { connection.destination.description }
}

extension HTTP2Stream {
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .headers(let part): receive(part)
    case .data(let part):
      guard case .byteBuffer(let bytes) = part.data else { return }
      if bytes.readableBytes > 0 { stream?.transportDidReceive(body: bytes, wire: bytes) }
      if part.endStream { end([]) }
    default: return
    }
  }

  private func receive(_ part: HTTP2Frame.FramePayload.Headers) {
    guard !hasFinalHead else { return end(part.headers.httpFields) }
    guard let status = part.headers.first(name: ":status").flatMap({ Int($0) }), (100...999).contains(status) else {
      return refuse("the answer's head has no status.")
    }
    guard status != 101 else { return refuse("the server changed the protocol, which HTTP/2 cannot (RFC 9113 §8.6).") }
    guard status >= 200 || !part.endStream else { return refuse("an interim answer was the last (RFC 9113 §8.1).") }
    hasFinalHead = status >= 200
    let fields = part.headers.httpFields
    stream?.transportDidReceive(head: ResponseHead(status: status, version: .http2, fields: fields))
    if part.endStream { end([]) }
  }

  private func refuse(_ sentence: String) {
    fail(WireError(.protocolBroken, at: place, sentence))
    context?.close(promise: nil)
  }

  private func end(_ trailers: [HTTPField]) {
    let ended = stream
    stream = nil
    ended?.transportDidEnd(trailers: trailers, wire: ByteBuffer())
    // An answer before the end of the request: nobody wants the rest (RFC 9113 §8.1).
    if !hasEndedRequest { context?.close(promise: nil) }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    stream?.transportReadComplete()
    if !isPaused { context.read() }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    stream?.transportWritabilityChanged(isWritable: context.channel.isWritable)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if let closed = error as? NIOHTTP2Errors.StreamClosed {
      let isRefused = closed.errorCode == .refusedStream || isBeyondGoAway
      fail(
        WireError(
          isRefused ? .streamRefused : .connectionLost, at: place,
          isRefused
            ? "the server refused the request without looking at it."
            : "the stream was reset (\(HTTP2ErrorText(closed.errorCode).text)) before the answer was complete."),
        isUnprocessed: isRefused)
    } else {
      fail(WireError(.protocolBroken, at: place, "the HTTP/2 stream failed: \(HTTP2ErrorText(error).text)."))
      context.close(promise: nil)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail(connection.lostError)
  }

  /// GOAWAY named a last stream that is older than this one: the server did not look at it (RFC 9113 §6.8).
  private var isBeyondGoAway: Bool {
    guard let last = connection.lastStreamID,
      let own = try? context?.channel.syncOptions?.getOption(HTTP2StreamChannelOptions.streamID)
    else { return false }
    return own > last
  }

  private func fail(_ error: WireError, isUnprocessed: Bool = false) {
    let failed = stream
    stream = nil
    failed?.transportDidFail(error, isUnprocessed: isUnprocessed || !hasSentHead)
  }
}
