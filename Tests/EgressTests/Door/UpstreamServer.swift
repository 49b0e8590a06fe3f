internal import Evidence
internal import NIOCore
internal import NIOHTTP2
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

@testable internal import Wire

/// The world behind the door: answers as its script says and remembers all that reached it.
final class UpstreamServer: Sendable {
  typealias Script = @Sendable (Request) -> [Step]

  enum Kind: Sendable {
    case http1(tls: Bool)
    case http2
    /// Sends back every byte as it comes.
    case echo(tls: Bool)
    /// Speaks first.
    case greeting(String)
  }

  enum Step: Sendable {
    case answer(String)
    /// The same as bytes; HTTP/1 only.
    case bytes([UInt8])
    case close
    /// From here on every byte is sent back.
    case echo
    /// The client's next bytes are only remembered.
    case silence
  }

  struct Request: Sendable {
    var method = ""
    var target = ""
    var fields: [HTTPField] = []
    /// The head as it was written; empty on HTTP/2.
    var rawHead = ""
    var body: [UInt8] = []
    var trailers: [HTTPField] = []
    /// Entries that were durable when the last byte came.
    var ledgerSize = 0
    /// Whether its end has come; a script with `answersHeads` is asked before that.
    var isWhole = false
  }

  private let channel: any Channel
  let memory = Memory()

  final class Memory: Sendable {
    private let state = Mutex(State())

    struct State {
      var requests: [Request] = []
      var rawBytes: [UInt8] = []
      var totalBytes = 0
      var connections = 0
      var endedConnections = 0
    }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }
    var now: State { state.withLock { $0 } }
  }

  init(
    _ kind: Kind, tls: ServerTLS, ledgerSize: @escaping @Sendable () -> Int, script: @escaping Script
  ) async throws {
    let memory = memory
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          memory.change { $0.connections += 1 }
          let room = Room(memory: memory, ledgerSize: ledgerSize, script: script)
          try Self.open(channel, kind, tls, room)
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  deinit { channel.close(promise: nil) }

  /// From here on nobody answers.
  func close() async throws { try await channel.close() }

  var port: Int { channel.localAddress?.port ?? 0 }
  var requests: [Request] { memory.now.requests }

  /// What a connection's handlers share.
  struct Room: Sendable {
    let memory: Memory
    let ledgerSize: @Sendable () -> Int
    let script: Script
  }

  private static func open(_ channel: any Channel, _ kind: Kind, _ tls: ServerTLS, _ room: Room) throws {
    let pipeline = channel.pipeline.syncOperations
    switch kind {
    case .http1(let isTLS):
      if isTLS { try pipeline.addHandler(tls.handler(for: "server.test", protocols: ["http/1.1"])) }
      try pipeline.addHandler(UpstreamHTTP1(room))
    case .echo(let isTLS):
      if isTLS { try pipeline.addHandler(tls.handler(for: "server.test", protocols: [])) }
      try pipeline.addHandler(UpstreamBytes(room, greeting: nil))
    case .greeting(let text): try pipeline.addHandler(UpstreamBytes(room, greeting: text))
    case .http2:
      try pipeline.addHandler(tls.handler(for: "server.test", protocols: ["h2"]))
      let handler = NIOHTTP2Handler(
        mode: .server, eventLoop: channel.eventLoop, connectionConfiguration: .init(), streamConfiguration: .init()
      ) { stream in
        stream.eventLoop.makeCompletedFuture { try stream.pipeline.syncOperations.addHandler(UpstreamHTTP2(room)) }
      }
      try pipeline.addHandler(handler)
    }
  }
}
