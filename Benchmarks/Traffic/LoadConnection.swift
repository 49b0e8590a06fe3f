internal import Glibc
internal import NIOCore
internal import NIOHTTP2
internal import NIOSSL

/// One client: at most one connection, at most one request under way.
final class LoadConnection {
  let load: Load
  let kind: Job.Kind
  private(set) var body: ByteBuffer
  private var conversation: Conversation?
  private var channel: (any Channel)?
  /// Where the connection speaks HTTP/2.
  var streams: NIOHTTP2Handler.StreamMultiplexer?
  private var isUnderWay = false
  private var sent = NIODeadline.now()
  private var lastEvent: NIODeadline?
  private var requests = 0
  private var openStreams = 0
  /// Counts connections: what becomes of an earlier one is no longer of interest.
  private(set) var generation = 0

  private static let streamsAtOnce = 4

  init(_ load: Load, index: Int) {
    self.load = load
    (kind, body) = load.job.part(of: index)
    conversation = load.job.conversation(of: index)
  }

  func request() {
    switch kind {
    case .new, .webSocket, .abort: close()
    case .post, .events, .http2, .mixed: break
    }
    requests += 1
    if let next = conversation?.next() { body = next }
    isUnderWay = true
    lastEvent = nil
    sent = .now()
    guard let channel, channel.isActive else {
      generation += 1
      return load.connect(self)
    }
    send(on: channel)
  }

  func close() {
    let channel = self.channel
    self.channel = nil
    generation += 1
    channel?.close(promise: nil)
  }

  /// Closes the connection beneath TLS, as a program does that was killed: no close_notify, and no waiting for one.
  private func vanish() {
    let channel = self.channel
    self.channel = nil
    generation += 1
    // With nothing left to be sent (socket(7), SO_LINGER) the other side gets a reset.
    (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in }
    let tls = try? channel?.pipeline.syncOperations.context(handlerType: NIOSSLClientHandler.self)
    tls?.close(promise: nil)
  }

  /// The way is open up to the server.
  func opened(_ channel: any Channel) {
    self.channel = channel
    send(on: channel)
  }

  private func send(on channel: any Channel) {
    switch kind {
    case .post, .new, .mixed:
      channel.write(head(), promise: nil)
      channel.writeAndFlush(body, promise: nil)
    case .events:
      channel.writeAndFlush(
        ByteBuffer(
          string: "GET /events?\(load.job.events),\(load.job.interval) HTTP/1.1\r\nhost: \(load.target.authority)\r\n"
            + "accept: text/event-stream\r\nuser-agent: bench/1.0\r\n\r\n"), promise: nil)
    case .webSocket:
      channel.writeAndFlush(WebSocketTalk.opening(host: load.target.authority), promise: nil)
    case .http2: sendStreams()
    case .abort: abort(channel)
    }
  }

  private func head() -> ByteBuffer {
    ByteBuffer(
      string: "POST /v1/messages HTTP/1.1\r\nhost: \(load.target.authority)\r\ncontent-type: application/json\r\n"
        + "accept: application/json\r\nuser-agent: bench/1.0\r\ncontent-length: \(body.readableBytes)\r\n\r\n")
  }

  /// Goes away in the middle of the body, or when the answer is due, in turns.
  private func abort(_ channel: any Channel) {
    channel.write(head(), promise: nil)
    let isWhole = requests % 2 == 0
    channel.writeAndFlush(isWhole ? body : body.getSlice(at: 0, length: body.readableBytes / 2) ?? body, promise: nil)
    let generation = generation
    load.after(.milliseconds(Int64(requests % 7))) {
      guard generation == self.generation else { return }
      self.vanish()
      self.answered()
    }
  }

  private func sendStreams() {
    openStreams = Self.streamsAtOnce
    for _ in 0..<Self.streamsAtOnce {
      let bound = NIOLoopBound(self, eventLoop: load.loop)
      streams?.createStreamChannel { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(HTTP2LoadHandler(bound.value))
        }
      }
      .assumeIsolated().whenFailure { _ in self.streamEnded(isWhole: false) }
    }
  }

  func streamEnded(isWhole: Bool) {
    guard isUnderWay else { return }
    guard isWhole else { return failed(generation) }
    openStreams -= 1
    if openStreams == 0 { answered() }
  }

  func answered() {
    guard isUnderWay else { return }
    isUnderWay = false
    load.finished(self, nanoseconds: Int((NIODeadline.now() - sent).nanoseconds))
  }

  func event(sentAt: UInt64) {
    let now = NIODeadline.now()
    load.event(
      delay: Int(now.uptimeNanoseconds) - Int(sentAt), isFirst: lastEvent == nil,
      sinceRequest: Int((now - sent).nanoseconds), gap: Int((now - (lastEvent ?? sent)).nanoseconds))
    lastEvent = now
  }

  func failed(_ generation: Int) {
    guard generation == self.generation else { return }
    close()
    guard isUnderWay else { return }
    isUnderWay = false
    load.finished(self, nanoseconds: nil)
  }
}
