internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2
internal import NIOSSL
internal import Synchronization

@testable internal import Wire

/// A server over TLS and HTTP/2 whose streams do what their path says.
final class HTTP2TestServer: Sendable {
  let server: LoopbackServer
  let state = State()

  /// What streams of all connections share.
  final class State: Sendable {
    let refusals = Mutex(0)
    /// Streams of `/hold` that have come; they are answered together when there are as many as asked for.
    let held = NIOLockedHolds()
    let received = Mutex<[String]>([])
    let resets = AsyncStream.makeStream(of: String.self)
    let bytesRead = Mutex(0)
  }

  init(
    fixture: UpstreamFixture, host: String = "server.test", settings: [HTTP2Setting] = [],
    protocols: [String] = ["h2"]
  ) async throws {
    let state = state
    server = try await LoopbackServer(tls: fixture.serverTLS.context(for: host, protocols: protocols)) { channel, _ in
      let parent = channel
      var configuration = NIOHTTP2Handler.ConnectionConfiguration()
      configuration.initialSettings += settings
      let handler = NIOHTTP2Handler(
        mode: .server, eventLoop: channel.eventLoop, connectionConfiguration: configuration,
        streamConfiguration: .init()
      ) { stream in
        stream.eventLoop.makeCompletedFuture {
          try stream.pipeline.syncOperations.addHandler(HTTP2TestStream(state: state, parent: parent))
        }
      }
      try channel.pipeline.syncOperations.addHandler(handler)
    }
  }
}

/// Actions that wait until a number of them has come.
final class NIOLockedHolds: Sendable {
  private let actions = Mutex<[@Sendable () -> Void]>([])

  func add(_ action: @escaping @Sendable () -> Void, releaseAt count: Int) {
    let ready = actions.withLock { held -> [@Sendable () -> Void] in
      held.append(action)
      guard held.count >= count else { return [] }
      defer { held = [] }
      return held
    }
    for action in ready { action() }
  }
}

final class HTTP2TestStream: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame.FramePayload
  typealias OutboundOut = HTTP2Frame.FramePayload

  private let state: HTTP2TestServer.State
  private let parent: any Channel
  private var path: [Substring] = []
  private var bytes = 0
  private var remaining = 0

  init(state: HTTP2TestServer.State, parent: any Channel) {
    self.state = state
    self.parent = parent
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .headers(let part) where path.isEmpty: begin(part, context)
    case .headers(let part):
      state.received.withLock { $0 += part.headers.map { "\($0.name): \($0.value)" } }
      requestEnded(context)
    case .data(let part):
      guard case .byteBuffer(let buffer) = part.data else { return }
      bytes += buffer.readableBytes
      state.bytesRead.withLock { $0 += buffer.readableBytes }
      if path.first == "echo" {
        write(.data(.init(data: .byteBuffer(buffer))), context)
        context.flush()
      }
      if part.endStream { requestEnded(context) }
    default: return
    }
  }

  private func begin(_ part: HTTP2Frame.FramePayload.Headers, _ context: ChannelHandlerContext) {
    path = (part.headers.first(name: ":path") ?? "").split(separator: "/")
    state.received.withLock { $0 += part.headers.map { "\($0.name): \($0.value)" } }
    switch path.first {
    case "echo": head(200, context)
    case "reset": reset(.enhanceYourCalm, context)
    case "refuse":
      let isFirst = state.refusals.withLock {
        $0 += 1; return $0 == 1
      }
      if isFirst { reset(.refusedStream, context) } else { head(200, context) }
    case "goaway":
      let isFirst = state.refusals.withLock {
        $0 += 1; return $0 == 1
      }
      if isFirst { goAway(context) } else { head(200, context) }
    case "flood":
      head(200, context)
      remaining = Int(path.last ?? "") ?? 0
      flood(context)
    case "stall", "hold": break
    case "interim": head(Int(path.last ?? "") ?? 0, context, isLast: path.count > 2)
    default: head(200, context)
    }
    if part.endStream { requestEnded(context) }
  }

  /// Says that stream 1 was the last one looked at, and leaves this one alone.
  private func goAway(_ context: ChannelHandlerContext) {
    let frame = HTTP2Frame(
      streamID: .rootStream, payload: .goAway(lastStreamID: 1, errorCode: .noError, opaqueData: nil))
    parent.writeAndFlush(frame, promise: nil)
  }

  private func requestEnded(_ context: ChannelHandlerContext) {
    switch path.first {
    case "hold":
      let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      let loop = context.eventLoop
      state.held.add({ loop.execute { bound.value.0.finish(bound.value.1) } }, releaseAt: Int(path.last ?? "") ?? 1)
    case "flood", "stall", "reset", "interim",
      "goaway" where state.refusals.withLock({ $0 == 1 }):
      return
    case "echo", "trailers":
      let trailers = HPACKHeaders([("grpc-status", "0"), ("x-bytes", "\(bytes)")])
      write(.headers(.init(headers: trailers, endStream: true)), context)
      context.flush()
    default:
      write(.data(.init(data: .byteBuffer(ByteBuffer(string: "ok")), endStream: true)), context)
      context.flush()
    }
  }

  private func finish(_ context: ChannelHandlerContext) {
    head(200, context)
    write(.data(.init(data: .byteBuffer(ByteBuffer(string: "ok")), endStream: true)), context)
    context.flush()
  }

  private func flood(_ context: ChannelHandlerContext) {
    while remaining > 0, context.channel.isWritable {
      let count = min(remaining, 16 << 10)
      remaining -= count
      let piece = ByteBuffer(repeating: 0x61, count: count)
      write(.data(.init(data: .byteBuffer(piece), endStream: remaining == 0)), context)
      context.flush()
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    flood(context)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if let closed = error as? NIOHTTP2Errors.StreamClosed {
      state.resets.continuation.yield("\(closed.errorCode.networkCode)")
    }
  }

  private func head(_ status: Int, _ context: ChannelHandlerContext, isLast: Bool = false) {
    let headers = HPACKHeaders([(":status", "\(status)"), ("x-path", path.joined(separator: "/"))])
    write(.headers(.init(headers: headers, endStream: isLast)), context)
    context.flush()
  }

  private func reset(_ code: HTTP2ErrorCode, _ context: ChannelHandlerContext) {
    write(.rstStream(code), context)
    context.flush()
  }

  private func write(_ payload: HTTP2Frame.FramePayload, _ context: ChannelHandlerContext) {
    context.write(wrapOutboundOut(payload), promise: nil)
  }
}
