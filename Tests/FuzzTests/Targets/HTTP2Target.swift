internal import NIOCore
internal import NIOEmbedded
internal import NIOHPACK
internal import NIOHTTP2
internal import Wire

@testable internal import Egress

/// HTTP/2 frames as an agent sends them to the door, or an upstream to us; the first byte chooses.
enum HTTP2Target {
  /// Bytes that we answer with for each byte that came, and at first: no few frames make us write without end.
  private static let answeredFactor = 32
  private static let answeredBytes = 4096

  static func check(_ input: [UInt8]) throws {
    guard let choice = input.first else { return }
    let frames = Array(input.dropFirst())
    let mode: NIOHTTP2Handler.ParserMode = choice & 1 == 0 ? .server : .client
    let whole = try conversation([frames], mode)
    for pieces in Pieces.ways(of: frames).suffix(2) {
      try demand(try conversation(pieces, mode) == whole, "the messages depend on how the frames are cut")
    }
    try demand(
      whole.answered <= answeredBytes + frames.count * answeredFactor, "\(whole.answered) bytes answer \(frames.count)")
    for headers in whole.messages.map(\.headers) where mode == .server { try checkHead(headers) }
  }

  struct Message: Equatable {
    let headers: HPACKHeaders
    var content: [UInt8] = []
  }

  struct Conversation: Equatable {
    var messages: [Message] = []
    var answered = 0

    static func == (one: Conversation, other: Conversation) -> Bool { one.messages == other.messages }
  }

  /// What one connection's streams were told of, until all is read or the connection is broken.
  private static func conversation(_ pieces: [[UInt8]], _ mode: NIOHTTP2Handler.ParserMode) throws -> Conversation {
    let channel = EmbeddedChannel()
    let record = StreamRecord()
    var connection = NIOHTTP2Handler.ConnectionConfiguration()
    connection.initialSettings = [
      HTTP2Setting(parameter: .maxConcurrentStreams, value: 8),
      HTTP2Setting(parameter: .maxHeaderListSize, value: 4096),
      HTTP2Setting(parameter: .initialWindowSize, value: 1 << 16),
    ]
    let handler = NIOHTTP2Handler(
      mode: mode, eventLoop: channel.eventLoop, connectionConfiguration: connection,
      streamConfiguration: NIOHTTP2Handler.StreamConfiguration()
    ) { stream in
      stream.eventLoop.makeCompletedFuture {
        try stream.pipeline.syncOperations.addHandler(StreamReader(record))
      }
    }
    try channel.pipeline.syncOperations.addHandlers([handler, BrokenConnectionHandler()])
    channel.pipeline.fireChannelActive()
    if mode == .client { try openStreams(handler, channel, record) }
    let beginning: [UInt8] = [0, 0, 0, 4, 0, 0, 0, 0, 0]
    let preface = mode == .server ? Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + beginning : beginning
    for piece in [preface] + pieces where channel.isActive {
      // What breaks the protocol is an error of the channel, which then closes.
      _ = try? channel.writeInbound(ByteBuffer(bytes: piece))
      channel.embeddedEventLoop.run()
    }
    var conversation = Conversation(messages: record.messages)
    while let out = try channel.readOutbound(as: ByteBuffer.self) { conversation.answered += out.readableBytes }
    _ = try? channel.finish(acceptAlreadyClosed: true)
    return conversation
  }

  /// Two requests, so that answers have something to belong to.
  private static func openStreams(
    _ handler: NIOHTTP2Handler, _ channel: EmbeddedChannel, _ record: StreamRecord
  ) throws {
    let multiplexer = try handler.syncMultiplexer()
    for _ in 0..<2 {
      let opened = channel.eventLoop.makePromise(of: (any Channel).self)
      multiplexer.createStreamChannel(promise: opened) { stream in
        stream.eventLoop.makeCompletedFuture {
          try stream.pipeline.syncOperations.addHandler(StreamReader(record))
        }
      }
      opened.futureResult.whenSuccess { stream in
        let headers: HPACKHeaders = [":method": "GET", ":path": "/", ":scheme": "https", ":authority": "h"]
        let payload = HTTP2Frame.FramePayload.headers(.init(headers: headers, endStream: true))
        stream.writeAndFlush(payload, promise: nil)
      }
      channel.embeddedEventLoop.run()
    }
  }

  /// A head that the door lets in says the same once it is written as HTTP/1, and nothing more.
  private static func checkHead(_ headers: HPACKHeaders) throws {
    var limits = WireLimits()
    limits.headBytes = 4096
    guard headers.excess(over: limits) == nil, let head = headers.requestHead, head.hasPlainMethod,
      head.hostFieldAgrees, head.method != "CONNECT", (try? head.checkSound()) != nil, head.fields.areReadable,
      let bytes = try? head.serialized()
    else { return }
    let reading = HTTP1RequestTarget.Reading([Array(bytes.readableBytesView)], WireLimits())
    guard let read = reading.heads.first, reading.heads.count == 1 else {
      throw BrokenPromise(description: "as HTTP/1 it is refused: \(String(describing: reading.error)) \(head)")
    }
    try demand(read.method == head.method && read.target == head.target, "as HTTP/1 it is another request")
    try demand(
      read.authority.flatMap { HTTPAuthority($0) } == head.authority.flatMap { HTTPAuthority($0) },
      "as HTTP/1 it is for another host")
  }
}

/// What the streams of one connection were told.
final class StreamRecord: Sendable {
  // Only on the embedded loop, which is the test's own thread.
  nonisolated(unsafe) var messages: [HTTP2Target.Message] = []
}

private final class StreamReader: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame.FramePayload

  private let record: StreamRecord
  private var place: Int?

  init(_ record: StreamRecord) { self.record = record }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .headers(let headers):
      place = record.messages.count
      record.messages.append(HTTP2Target.Message(headers: headers.headers))
    case .data(let data):
      guard let place, case .byteBuffer(let bytes) = data.data else { return }
      record.messages[place].content += Array(bytes.readableBytesView)
    default: break
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
