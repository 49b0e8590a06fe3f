internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

@testable internal import Wire

/// A server on a port of the system's choice, or on a Unix socket; counts its connections.
final class LoopbackServer: Sendable {
  private let channel: any Channel
  private let counter: Counter

  final class Counter: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
    func next() -> Int {
      value.withLock {
        $0 += 1; return $0
      }
    }
  }

  /// - Parameters:
  ///   - tls: `nil` for none.
  ///   - initialize: sets up the accepted channel; gets its number, from 1.
  init(
    tls: NIOSSLContext? = nil, unixSocket: String? = nil,
    _ initialize: @escaping @Sendable (any Channel, Int) throws -> Void
  ) async throws {
    let counter = Counter()
    self.counter = counter
    let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
          try initialize(channel, counter.next())
        }
      }
    channel =
      if let unixSocket {
        try await bootstrap.bind(unixDomainSocketPath: unixSocket).get()
      } else {
        try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
      }
  }

  deinit {
    channel.close(promise: nil)
  }

  var connections: Int { counter.count }
  var port: Int { channel.localAddress?.port ?? 0 }
  /// What comes after `HOST:PORT:` in a --connect-to that leads here.
  var connectTo: String { channel.localAddress?.pathname ?? "127.0.0.1:\(port)" }
}
