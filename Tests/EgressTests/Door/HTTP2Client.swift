internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2

@testable internal import Wire

/// A client that speaks HTTP/2 on a connection through the door.
final class HTTP2Client: Sendable {
  private let connection: any Channel
  private let multiplexer: NIOHTTP2Handler.StreamMultiplexer

  /// Begins TLS and HTTP/2 in one step, so that nothing the door says is lost in between.
  init(on client: DoorClient, _ host: String, trusting path: String) async throws {
    let connection = client.channel
    client.isHandedOver = true
    self.connection = connection
    multiplexer = try await connection.eventLoop.flatSubmit {
      let handler = NIOHTTP2Handler(
        mode: .client, eventLoop: connection.eventLoop, connectionConfiguration: .init(), streamConfiguration: .init()
      ) { $0.eventLoop.makeSucceededVoidFuture() }
      do {
        // As real clients: the end of the other side is the end of the connection.
        try connection.syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
        try DoorClient.addTLS(to: connection, host, trusting: path, ["h2"])
        try connection.pipeline.syncOperations.addHandler(handler)
        connection.pipeline.syncOperations.removeHandler(name: "listener", promise: nil)
      } catch {
        return connection.eventLoop.makeFailedFuture(error)
      }
      return handler.multiplexer
    }.get()
  }

  deinit { connection.close(promise: nil) }

  func open(_ headers: [(String, String)], isWhole: Bool = false) async throws -> HTTP2ClientStream {
    let (events, continuation) = AsyncStream.makeStream(of: HTTP2ClientStream.Event.self)
    let promise = connection.eventLoop.makePromise(of: (any Channel).self)
    multiplexer.createStreamChannel(promise: promise) { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(HTTP2ClientStream.Listener(continuation))
      }
    }
    let stream = HTTP2ClientStream(try await promise.futureResult.get(), events)
    stream.send(.headers(.init(headers: HPACKHeaders(headers), endStream: isWhole)))
    return stream
  }

  static func post(_ path: String = "/", authority: String = "server.test") -> [(String, String)] {
    [(":method", "POST"), (":scheme", "https"), (":authority", authority), (":path", path)]
  }
}

/// One stream; used from one task.
final class HTTP2ClientStream {
  private let channel: any Channel
  private var events: AsyncStream<Event>.Iterator
  private(set) var status = 0
  private(set) var body: [UInt8] = []
  private(set) var trailers: [HTTPField] = []
  private(set) var isEnded = false
  /// Whether it was broken off rather than ended.
  private(set) var isReset = false

  enum Event: Sendable {
    case headers(HPACKHeaders)
    case data([UInt8])
    case end
    case reset
  }

  init(_ channel: any Channel, _ events: AsyncStream<Event>) {
    self.channel = channel
    self.events = events.makeAsyncIterator()
  }

  func send(_ payload: HTTP2Frame.FramePayload) { channel.writeAndFlush(payload, promise: nil) }

  func send(_ text: String, isLast: Bool = false) {
    send(.data(.init(data: .byteBuffer(ByteBuffer(string: text)), endStream: isLast)))
  }

  func end(trailers: [(String, String)]) { send(.headers(.init(headers: HPACKHeaders(trailers), endStream: true))) }

  func reset() { send(.rstStream(.cancel)) }

  /// Reads on until the condition holds or the stream is over.
  func read(until condition: (HTTP2ClientStream) -> Bool = { _ in false }) async {
    while !isEnded, !isReset, !condition(self), let event = await events.next(isolation: #isolation) {
      switch event {
      case .headers(let headers) where status == 0 || status < 200:
        status = headers.first(name: ":status").flatMap { Int($0) } ?? 0
      case .headers(let headers): trailers = headers.map { HTTPField(name: $0.name, value: $0.value) }
      case .data(let bytes): body += bytes
      case .end: isEnded = true
      case .reset: isReset = true
      }
    }
  }

  var text: String { String(decoding: body, as: UTF8.self) }

  final class Listener: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload

    private let continuation: AsyncStream<Event>.Continuation

    init(_ continuation: AsyncStream<Event>.Continuation) { self.continuation = continuation }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .headers(let part):
        continuation.yield(.headers(part.headers))
        if part.endStream { continuation.yield(.end) }
      case .data(let part):
        if case .byteBuffer(let bytes) = part.data { continuation.yield(.data(Array(bytes.readableBytesView))) }
        if part.endStream { continuation.yield(.end) }
      case .rstStream: continuation.yield(.reset)
      default: return
      }
    }

    func channelInactive(context: ChannelHandlerContext) { continuation.yield(.reset) }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }
}
