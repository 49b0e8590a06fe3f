internal import NIOCore
internal import NIOPosix
internal import NIOSSL

@testable internal import Wire

/// One connection of a client that says exactly what a test wants said; used from one task.
final class DoorClient {
  let channel: any Channel
  private(set) var received: [UInt8] = []
  private(set) var isClosed = false
  private var events: AsyncStream<Event>.Iterator
  private var parser = ResponseParser()

  enum Event: Sendable {
    case bytes([UInt8])
    case closed
  }

  struct Answer {
    var interim: [Int] = []
    var head = ResponseHead(status: 0)
    var body: [UInt8] = []
    var trailers: [HTTPField] = []
    /// Whether it ended as its framing says.
    var isWhole = false

    var status: Int { head.status }
    var text: String { String(decoding: body, as: UTF8.self) }
  }

  init(port: Int) async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: Event.self)
    events = stream.makeAsyncIterator()
    channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Listener(continuation), name: "listener")
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
  }

  /// Whether the connection has another owner.
  var isHandedOver = false

  deinit {
    if !isHandedOver { channel.close(promise: nil) }
  }

  func send(_ text: String) { send(ByteBuffer(string: text)) }
  func send(_ bytes: ByteBuffer) { channel.writeAndFlush(bytes, promise: nil) }

  /// The last handler of a client's connection.
  static func listener(of channel: any Channel) throws -> any ChannelHandler {
    try channel.pipeline.syncOperations.handler(type: Listener.self)
  }

  func endSending() { channel.close(mode: .output, promise: nil) }
  func close() async throws { try? await channel.close() }

  func startTLS(_ host: String, trusting path: String, protocols: [String]) async throws {
    let channel = channel
    try await channel.eventLoop.submit { try Self.addTLS(to: channel, host, trusting: path, protocols) }.get()
  }

  /// On the channel's loop.
  static func addTLS(to channel: any Channel, _ host: String, trusting path: String, _ protocols: [String]) throws {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.trustRoots = .file(path)
    configuration.applicationProtocols = protocols
    let context = try NIOSSLContext(configuration: configuration)
    let handler = try NIOSSLClientHandler(context: context, serverHostname: host)
    try channel.pipeline.syncOperations.addHandler(handler, position: .first)
  }

  /// Reads on until what was received and not yet taken holds `text`, and takes everything up to its end.
  func read(until text: String) async throws -> String {
    let wanted = Array(text.utf8)
    while true {
      if let range = received.firstRange(of: wanted) {
        defer { received.removeSubrange(..<range.upperBound) }
        return String(decoding: received[..<range.upperBound], as: UTF8.self)
      }
      guard await readMore() else { throw Ended(received: String(decoding: received, as: UTF8.self)) }
    }
  }

  func read(count: Int) async throws -> [UInt8] {
    while received.count < count {
      guard await readMore() else { throw Ended(received: String(decoding: received, as: UTF8.self)) }
    }
    defer { received.removeSubrange(..<count) }
    return Array(received[..<count])
  }

  /// Everything up to the end of the connection.
  func readToEnd() async -> [UInt8] {
    while await readMore() {}
    defer { received = [] }
    return received
  }

  func answer(to method: String = "GET", upgrading: Bool = false) async throws -> Answer {
    var request = RequestHead(method: method, target: "/")
    if upgrading {
      request.fields = [.init(name: "Connection", value: "Upgrade"), .init(name: "Upgrade", value: "websocket")]
    }
    parser.expectResponse(to: request)
    var answer = Answer()
    while !answer.isWhole {
      while !answer.isWhole, let event = try parser.next() { answer.take(event) }
      guard !answer.isWhole else { break }
      guard await readMore() else {
        if let event = try? parser.finish() { answer.take(event) }
        return answer
      }
      parser.append(ByteBuffer(bytes: received))
      received = []
    }
    return answer
  }

  /// What followed a switch of protocols in the same bytes.
  func takeRest() { received = Array(parser.takeRemaining().readableBytesView) + received }

  private func readMore() async -> Bool {
    guard !isClosed else { return false }
    switch await events.next(isolation: #isolation) {
    case .bytes(let bytes)?: received += bytes
    case .closed?, nil: isClosed = true
    }
    return !isClosed
  }

  struct Ended: Error { let received: String }

  private final class Listener: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let continuation: AsyncStream<Event>.Continuation

    init(_ continuation: AsyncStream<Event>.Continuation) { self.continuation = continuation }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      continuation.yield(.bytes(Array(unwrapInboundIn(data).readableBytesView)))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if event as? ChannelEvent == .inputClosed { continuation.yield(.closed) }
      context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) { continuation.yield(.closed) }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }
}

extension DoorClient.Answer {
  fileprivate mutating func take(_ event: ResponseParser.Event) {
    switch event {
    case .interim(let head): interim.append(head.status)
    case .head(let head, _): self.head = head
    case .body(let content, _): body += content.readableBytesView
    case .end(let trailers, _):
      self.trailers = trailers
      isWhole = true
    }
  }
}
