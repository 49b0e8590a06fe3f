internal import Evidence
internal import NIOCore
internal import NIOHTTP2

/// An HTTP/2 connection that any number of exchanges share; the last handler of its channel.
final class HTTP2Connection: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame
  typealias OutboundOut = HTTP2Frame

  let destination: Destination
  let remoteAddress: String
  let channel: any Channel
  private let peer: UpstreamPeer
  private let multiplexer: NIOHTTP2Handler.StreamMultiplexer
  private var maximumStreams = UpstreamLimits.streamsBeforeSettings
  private(set) var openStreams = 0
  private var hasServed = false
  /// The peer said GOAWAY, or the connection is closed: no new streams.
  private(set) var isDraining = false
  /// The last stream that a GOAWAY said was looked at.
  private(set) var lastStreamID: HTTP2StreamID?
  private var cause: WireError?
  private(set) var idleSince = NIODeadline.now()

  /// Sets the channel up and starts reading; on the loop.
  init(_ connection: UpstreamConnection, destination: Destination, peer: UpstreamPeer, limits: WireLimits) throws {
    self.destination = destination
    self.peer = peer
    channel = connection.channel
    remoteAddress = connection.remoteAddress
    let handler = NIOHTTP2Handler(
      mode: .client, eventLoop: channel.eventLoop, connectionConfiguration: Self.connectionConfiguration(limits),
      streamConfiguration: Self.streamConfiguration
    ) { stream in
      // Pushes are refused in the settings; a peer that pushes all the same breaks the protocol.
      stream.close()
    }
    try channel.pipeline.syncOperations.addHandler(handler)
    multiplexer = try handler.syncMultiplexer()
    try channel.pipeline.syncOperations.addHandler(self)
    try channel.syncOptions?.setOption(.autoRead, value: true)
    channel.read()
  }

  /// Whether another stream may be opened now.
  var hasRoom: Bool { !isDraining && openStreams < maximumStreams }

  /// Opens a stream; the caller checked ``hasRoom``. It comes in the loop's next turn.
  func open() -> EventLoopFuture<any UpstreamTransport> {
    let stream = HTTP2Stream(on: self, isReused: hasServed)
    hasServed = true
    openStreams += 1
    let bound = NIOLoopBound(stream, eventLoop: channel.eventLoop)
    let opened: EventLoopFuture<any Channel> = multiplexer.createStreamChannel { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.syncOptions?.setOption(.autoRead, value: false)
        try channel.pipeline.syncOperations.addHandler(bound.value)
      }
    }
    return opened.assumeIsolated().flatMapThrowing { _ -> any UpstreamTransport in
      // A connection that ended meanwhile took the stream with it, before anybody could be told.
      guard stream.isOpen else { throw self.lostError }
      return stream
    }.nonisolated()
  }

  func streamClosed() {
    openStreams -= 1
    if openStreams == 0 { idleSince = .now() }
    if isDraining, openStreams == 0 { channel.close(promise: nil) }
    peer.http2HasRoom()
  }

  /// What to tell streams that end with the connection.
  var lostError: WireError {
    cause
      ?? WireError(
        .connectionLost, at: destination.description, "the server closed the connection before the answer was complete."
      )
  }

  /// Lets streams end, opens none, then closes (RFC 9113 §6.8).
  func drain() {
    isDraining = true
    if openStreams == 0 { channel.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data).payload {
    case .settings(.settings(let settings)):
      for setting in settings where setting.parameter == .maxConcurrentStreams {
        maximumStreams = setting.value
      }
      peer.http2HasRoom()
    case .goAway(let last, let code, _):
      lastStreamID = last
      if code != .noError {
        cause = WireError(
          .connectionLost, at: destination.description,
          "the server ended the connection (\(HTTP2ErrorText(code).text)).")
      }
      drain()
      peer.http2HasRoom()
    default: return
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // Errors of single streams come here as well, after the stream itself was told.
    if error is NIOHTTP2Errors.StreamClosed || error is NIOHTTP2Errors.NoSuchStream { return }
    if cause == nil {
      cause = WireError(
        .connectionLost, at: destination.description, "the HTTP/2 connection failed: \(HTTP2ErrorText(error).text).")
    }
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    isDraining = true
    peer.http2Closed(self)
    context.fireChannelInactive()
  }

  private static func connectionConfiguration(
    _ limits: WireLimits
  ) -> NIOHTTP2Handler.ConnectionConfiguration {
    var configuration = NIOHTTP2Handler.ConnectionConfiguration()
    configuration.initialSettings = [
      HTTP2Setting(parameter: .enablePush, value: 0),
      HTTP2Setting(parameter: .initialWindowSize, value: UpstreamLimits.streamWindowBytes),
      HTTP2Setting(parameter: .maxHeaderListSize, value: limits.headBytes),
    ]
    configuration.targetWindowSize = UpstreamLimits.connectionWindowBytes
    // Servers that measure bandwidth by PING send one per window, far beyond the default of 200 in 30 s.
    configuration.controlFrameRateLimit.maximumCount = UpstreamLimits.controlFramesPerWindow
    return configuration
  }

  private static let streamConfiguration = {
    var configuration = NIOHTTP2Handler.StreamConfiguration()
    configuration.targetWindowSize = UpstreamLimits.streamWindowBytes
    configuration.outboundBufferSizeHighWatermark = UpstreamLimits.writeHighWatermark
    configuration.outboundBufferSizeLowWatermark = UpstreamLimits.writeLowWatermark
    return configuration
  }()
}
