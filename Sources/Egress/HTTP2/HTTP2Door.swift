internal import Enforcement
internal import Evidence
internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2
internal import Wire

/// Speaks one HTTP/2 stream with a client: one exchange (RFC 9113 §8.1).
final class HTTP2Door: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame.FramePayload
  typealias OutboundOut = HTTP2Frame.FramePayload

  private let door: LoopDoor
  private let tunnel: Tunnel
  private let idleWatch: IdleWatch
  private var conduit: ExchangeConduit?
  private var context: ChannelHandlerContext?
  private var hasEnded = false

  init(door: LoopDoor, tunnel: Tunnel, idleWatch: IdleWatch) {
    self.idleWatch = idleWatch
    self.door = door
    self.tunnel = tunnel
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    idleWatch.exchangeBegan()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    idleWatch.exchangeEnded()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .headers(let headers) where conduit == nil && !hasEnded:
      begin(headers.headers, isWhole: headers.endStream)
    case .headers(let headers):
      conduit?.end(trailers: headers.headers.ordinaryFields)
    case .data(let data):
      if case .byteBuffer(let bytes) = data.data, bytes.readableBytes > 0 { conduit?.take(bytes) }
      if data.endStream { conduit?.end(trailers: []) }
    default: break
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    conduit?.clientReadComplete()
    context.fireChannelReadComplete()
  }

  func channelInactive(context: ChannelHandlerContext) {
    conduit?.clientClosed()
    context.fireChannelInactive()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    conduit?.clientWritabilityChanged()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func begin(_ headers: HPACKHeaders, isWhole: Bool) {
    if let code = headers.excess(over: door.limits.messages) {
      return refuse(.malformed(.http2), .malformed(HTTPSyntaxError(code)))
    }
    guard let head = headers.requestHead else {
      return refuse(.malformed(.http2), .malformed(400, "it lacks a pseudo-header (RFC 9113 §8.3.1)"))
    }
    guard head.hasPlainMethod else { return refuse(.malformed(.http2), .unknownMethod) }
    guard head.method != "CONNECT" else { return refuse(head, .nestedTunnel) }
    guard head.targetIsPath else {
      return refuse(.malformed(.http2), .malformed(400, "its :path is not a path (RFC 9113 §8.3.1)"))
    }
    guard head.scheme == (tunnel.isTLS ? "https" : "http") else { return refuse(.malformed(.http2), .otherScheme) }
    guard head.hostFieldAgrees, tunnel.agrees(with: head) else {
      return refuse(head, .misdirected(head.authority ?? "", tunnel.destination))
    }
    do throws(HTTPSyntaxError) {
      try head.checkSound()
    } catch {
      return refuse(.malformed(.http2), .malformed(error))
    }
    guard head.fields.areReadable else { return refuse(head, .unreadableField) }
    let request = ClientRequest(
      head: head, framing: head.framing(isWhole: isWhole), tunnel: tunnel)
    let conduit = ExchangeConduit(door: door, client: self, request: request)
    self.conduit = conduit
    conduit.begin()
  }

  private func refuse(_ head: RequestHead, _ objection: Chamber.Objection) {
    hasEnded = true
    let request = ClientRequest(head: head, framing: .none, tunnel: tunnel)
    door.chamber.object(to: request.captured, objection, on: door.loop) { refusal in
      self.answer(LocalAnswer(refusal))
    }
  }
}

extension HTTP2Door: ClientSide {
  var isWritable: Bool { context?.channel.isWritable ?? false }

  func send(head: ResponseHead) {
    write(.headers(.init(headers: HPACKHeaders(response: head))))
  }

  func send(body: ByteBuffer, wire: ByteBuffer) {
    write(.data(.init(data: .byteBuffer(body))))
  }

  func end(trailers: [HTTPField], wire: ByteBuffer) {
    hasEnded = true
    if trailers.isEmpty {
      write(.data(.init(data: .byteBuffer(ByteBuffer()), endStream: true)))
    } else {
      write(.headers(.init(headers: HPACKHeaders(trailers: trailers), endStream: true)))
    }
  }

  func flush() { context?.flush() }

  func answer(_ answer: LocalAnswer) {
    let head = ResponseHead(
      status: answer.status, version: .http2,
      fields: answer.fields + [HTTPField(name: "content-length", value: String(answer.body.count))])
    send(head: head)
    if !answer.body.isEmpty { send(body: ByteBuffer(bytes: answer.body), wire: ByteBuffer()) }
    end(trailers: [], wire: ByteBuffer())
    flush()
    stopReading()
  }

  func abort() {
    guard let context, !hasEnded else { return }
    hasEnded = true
    context.writeAndFlush(wrapOutboundOut(.rstStream(.internalError)), promise: nil)
  }

  func pauseReading() { setAutoRead(false) }

  /// A stream does not read by itself when it may again, as a socket does.
  func resumeReading() {
    setAutoRead(true)
    context?.read()
  }

  /// Extended CONNECT (RFC 8441) is not offered, so no upstream is ever asked to switch for an HTTP/2 client.
  func switchProtocols(
    _ head: ResponseHead, to upstream: any UpstreamStream, of request: ClientRequest, exchange: Exchange,
    _ terms: AnswerTerms?
  ) -> (any UpstreamStreamDelegate)? {
    upstream.cancel()
    abort()
    return nil
  }

  /// Tells a client that is still sending that the rest is not wanted (RFC 9113 §8.1).
  private func stopReading() {
    guard let context, conduit?.isRequestWhole != true else { return }
    context.writeAndFlush(wrapOutboundOut(.rstStream(.noError)), promise: nil)
  }

  private func write(_ payload: HTTP2Frame.FramePayload) {
    context?.write(wrapOutboundOut(payload), promise: nil)
  }

  private func setAutoRead(_ isOn: Bool) {
    // Fails only on a stream that is closed already.
    try? context?.channel.syncOptions?.setOption(.autoRead, value: isOn)
  }
}
