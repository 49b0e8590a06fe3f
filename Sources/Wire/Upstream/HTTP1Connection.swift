internal import Evidence
internal import NIOCore
internal import NIOSSL

/// An HTTP/1 connection, one exchange after another; the last handler of its channel.
///
/// While no exchange is on it a read is outstanding, so that its end, or bytes nobody asked for, are noticed.
final class HTTP1Connection: ChannelInboundHandler, UpstreamTransport {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  var stream: PooledStream?
  let destination: Destination
  let remoteAddress: String
  let channel: any Channel
  private(set) var isReused = false
  private(set) var idleSince = NIODeadline.now()
  let peer: UpstreamPeer
  var context: ChannelHandlerContext?
  var parser: ResponseParser
  var progress = ExchangeProgress()
  var raw = RawPhase.none
  var chunksContent = false
  var isPaused = false
  var hasSentHead = false
  var cause: WireError?

  enum RawPhase {
    case none, wanted, active
    /// The other side has ended.
    case inputEnded
  }

  /// Adds itself to the channel and starts to listen; on the loop.
  init(_ connection: UpstreamConnection, destination: Destination, peer: UpstreamPeer, limits: WireLimits) throws {
    self.destination = destination
    self.peer = peer
    channel = connection.channel
    remoteAddress = connection.remoteAddress
    parser = ResponseParser(limits: limits)
    try channel.pipeline.syncOperations.addHandler(self)
    channel.read()
  }

  var isHTTP2: Bool { false }
  var isWritable: Bool { channel.isWritable }

  /// Whether the other side has not closed, as far as the kernel knows: asks the socket, since the loop may not have.
  var isAlive: Bool {
    guard channel.isActive, parser.isReusable else { return false }
    guard channel.remoteAddress?.port != nil, let socket = channel as? any SocketOptionProvider else { return true }
    let isEstablished = Latch()
    // tcp_info begins with the state (linux/tcp.h); 1 is TCP_ESTABLISHED. On the loop the answer comes at once.
    socket.getTCPInfo().assumeIsolated().whenSuccess { info in
      isEstablished.isSet = withUnsafeBytes(of: info) { $0.first == 1 }
    }
    return isEstablished.isSet
  }

  private final class Latch { var isSet = false }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }
  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  /// Gives the connection to an exchange.
  func begin() {
    progress = ExchangeProgress()
    raw = .none
    chunksContent = false
    isPaused = false
    hasSentHead = false
  }
}

/// The answer's way.
extension HTTP1Connection {
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    switch raw {
    case .active, .inputEnded: stream?.transportDidReceive(body: bytes, wire: bytes)
    case .none, .wanted:
      parser.append(bytes)
      deliver()
    }
  }

  /// Breaks the exchange off because of something that another try would not change.
  func abandon(_ error: WireError) {
    cause = error
    fail(isFinal: true)
    channel.close(promise: nil)
  }

  private func deliver() {
    do {
      while let event = try parser.next() { receive(event) }
    } catch {
      abandon(WireError(.protocolBroken, at: destination.description, error.sentence))
    }
  }

  private func receive(_ event: ResponseParser.Event) {
    switch event {
    case .interim(let head): stream?.transportDidReceive(head: head)
    case .head(let head, _): stream?.transportDidReceive(head: head)
    case .body(let content, let wire): stream?.transportDidReceive(body: content, wire: wire)
    case .end(let trailers, let wire): responseEnded(trailers, wire)
    }
  }

  private func responseEnded(_ trailers: [HTTPField], _ wire: ByteBuffer) {
    if parser.hasSwitched {
      progress.protocolSwitched()
      if raw == .wanted { startRaw() }
      return
    }
    progress.responseEnded(isReusable: parser.isReusable)
    let ended = stream
    stream = nil
    settle()
    ended?.transportDidEnd(trailers: trailers, wire: wire)
  }

  /// Gives the connection back, or away, once request and answer are complete.
  func settle() {
    switch progress.fate {
    case .busy, .raw: return
    case .reusable:
      isReused = true
      idleSince = .now()
      progress = ExchangeProgress()
      peer.http1Ended(self, isReusable: true)
      channel.read()
    case .spent:
      peer.http1Ended(self, isReusable: false)
      channel.close(promise: nil)
    }
  }

  func startRaw() {
    guard case .raw = progress.fate else { return }
    raw = .active
    // The other protocol may close one side and go on with the other.
    try? channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: true)
    let rest = parser.takeRemaining()
    if rest.readableBytes > 0 {
      stream?.transportDidReceive(body: rest, wire: rest)
      stream?.transportReadComplete()
    }
    if !isPaused { context?.read() }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    stream?.transportReadComplete()
    guard !isPaused || stream == nil else { return }
    if case .raw = progress.fate, raw != .active { return }
    context.read()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    stream?.transportWritabilityChanged(isWritable: context.channel.isWritable)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed, raw == .active {
      raw = .inputEnded
      stream?.transportDidEndReading()
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A TLS peer that closes without saying so: an error unless the message was complete, which the parser knows.
    if error as? NIOSSLError != .uncleanShutdown || raw == .none, cause == nil {
      cause = Self.lost(error, destination)
    }
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    switch raw {
    case .inputEnded: closeRaw()
    case .active:
      if cause != nil { fail() } else { stream?.transportDidEndReading() }
      closeRaw()
    case .none, .wanted: finish()
    }
    peer.http1Closed(self)
    context.fireChannelInactive()
  }

  private func closeRaw() {
    let closed = stream
    stream = nil
    closed?.transportDidClose()
  }

  /// The end of the connection may be the end of the answer.
  private func finish() {
    guard stream != nil else { return }
    if cause == nil, progress.hasBegun, let event = try? parser.finish(), case .end(let trailers, let wire) = event {
      let ended = stream
      stream = nil
      ended?.transportDidEnd(trailers: trailers, wire: wire)
    } else {
      fail()
    }
  }

  private func fail(isFinal: Bool = false) {
    let failed = stream
    stream = nil
    let error =
      cause
      ?? WireError(
        .connectionLost, at: destination.description, "the server closed the connection before the answer was complete."
      )
    failed?.transportDidFail(error, isUnprocessed: !hasSentHead && !isFinal)
  }

  private static func lost(_ error: any Error, _ destination: Destination) -> WireError {
    let reason =
      switch error {
      case let error as IOError: IOErrorText(error).text
      case NIOSSLError.uncleanShutdown: "closed without the end of TLS"
      default: String(describing: error)
      }
    return WireError(
      .connectionLost, at: destination.description,
      "the connection was lost before the answer was complete: \(reason).")
  }
}
