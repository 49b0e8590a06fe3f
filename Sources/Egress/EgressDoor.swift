internal import Enforcement
internal import Glibc
package import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization
internal import Wire

/// The one way out: takes whatever an agent sends on the sockets that the sandbox made for it.
///
/// The sockets belong to the sandbox's network namespace; accepting on them here is what makes a relay unnecessary.
package final class EgressDoor: Sendable {
  private let group: any EventLoopGroup
  private let rooms: [ObjectIdentifier: NIOLoopBound<LoopDoor>]
  private let names: NameBook
  private let listeners = Mutex<[any Channel]>([])
  private let clients = Mutex(Clients())
  private let desk: ResolverDesk
  private let connector: UpstreamConnector
  private let origin: Origin
  private let program: @Sendable (UInt32) -> String?
  private let waterMark: ChannelOptions.Types.WriteBufferWaterMark

  private struct Clients {
    var channels: [ObjectIdentifier: any Channel] = [:]
    var areWelcome = true
  }

  /// - Parameter group: its loops carry all connections; each has its own pool of upstream connections.
  package init(_ plan: DoorPlan, group: any EventLoopGroup, names: NameBook) async throws {
    self.group = group
    self.names = names
    origin = plan.origin
    connector = plan.connector
    program = plan.program
    let most = plan.limits.responseMemoryBytes
    waterMark = .init(low: max(1, most / 4), high: most)
    var rooms: [ObjectIdentifier: NIOLoopBound<LoopDoor>] = [:]
    for loop in group.makeIterator() {
      rooms[ObjectIdentifier(loop)] = try await loop.submit {
        NIOLoopBound(LoopDoor(loop: loop, plan: plan, names: names), eventLoop: loop)
      }.get()
    }
    self.rooms = rooms
    desk = ResolverDesk(names: names, chamber: plan.chamber, origin: plan.origin, loop: group.any())
  }

  /// Serves clients that were told of a proxy: HTTP with CONNECT, and SOCKS, on one port.
  ///
  /// - Parameter descriptor: a listening socket, whose ownership passes to the door.
  package func serveProxy(on descriptor: CInt) -> EventLoopFuture<Void> {
    listen(on: descriptor) { channel, room, origin in
      try channel.pipeline.syncOperations.addHandler(ProxyOpeningHandler(door: room, origin: origin))
    }
  }

  /// Serves clients that dialled the world itself; whom they wanted is the address they reached us at.
  ///
  /// - Parameter descriptor: a listening socket, whose ownership passes to the door.
  package func serveCapture(on descriptor: CInt) -> EventLoopFuture<Void> {
    let names = names
    return listen(on: descriptor) { channel, room, origin in
      guard let address = channel.localAddress, let destination = names.destination(of: address) else {
        return channel.close(promise: nil)
      }
      let tunnel = Tunnel(origin: origin, destination: destination)
      try channel.pipeline.syncOperations.addHandler(OpeningHandler(door: room, tunnel: tunnel))
    }
  }

  /// Answers names asked over TCP (RFC 7766).
  ///
  /// - Parameter descriptor: a listening socket, whose ownership passes to the door.
  package func serveResolver(on descriptor: CInt) -> EventLoopFuture<Void> {
    let desk = desk
    return listen(on: descriptor) { channel, _, _ in
      try channel.pipeline.syncOperations.addHandlers([ClientEndHandler(), ResolverHandler(desk: desk)])
    }
  }

  /// Answers a name asked in a datagram; safe to call from any thread, and does not wait.
  ///
  /// - Returns: the datagram to send back, or `nil` for none.
  package func answer(datagram query: [UInt8]) -> [UInt8]? {
    desk.answer(ByteBuffer(bytes: query)).map { Array($0.readableBytesView) }
  }

  /// Stops taking connections and cuts off those that are open; when it returns, nothing more is decided or completed.
  ///
  /// For when the clients are gone: what they left in their sockets is not looked at any more. Who still waits for an
  /// upstream's name is told before, so that the loops can end.
  package func close() async {
    for listener in listeners.withLock({ $0 }) { try? await listener.close() }
    let open = clients.withLock { clients in
      clients.areWelcome = false
      return clients.channels.values.map { $0 }
    }
    for channel in open { channel.eventLoop.execute { Self.cutOff(channel) } }
    for channel in open { try? await channel.closeFuture.get() }
    for (_, room) in rooms {
      try? await room.eventLoop.flatSubmit { room.value.pool.shutdown() }.get()
    }
    connector.end()
  }

  private func listen(
    on descriptor: CInt, _ initialize: @escaping @Sendable (any Channel, LoopDoor, Origin) throws -> Void
  ) -> EventLoopFuture<Void> {
    let (rooms, agent, program) = (rooms, origin.agent, program)
    return ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1024)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(.writeBufferWaterMark, value: waterMark)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelOption(.recvAllocator, value: ReadMemory.allocator)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          guard let room = rooms[ObjectIdentifier(channel.eventLoop)] else {
            throw EgressError(code: .listener, sentence: "a connection came on a loop without a room")
          }
          guard self.admit(channel) else { return channel.close(promise: nil) }
          let mark = Self.mark(of: channel)
          try initialize(channel, room.value, Origin(agent: agent, program: mark == 0 ? nil : program(mark)))
        }
      }
      .withBoundSocket(descriptor)
      .map { channel in self.listeners.withLock { $0.append(channel) } }
  }

  /// Keeps account of a connection for as long as it is open.
  private func admit(_ channel: any Channel) -> Bool {
    let name = ObjectIdentifier(channel)
    let isWelcome = clients.withLock { clients in
      if clients.areWelcome { clients.channels[name] = channel }
      return clients.areWelcome
    }
    if isWelcome {
      channel.closeFuture.whenComplete { _ in self.clients.withLock { _ = $0.channels.removeValue(forKey: name) } }
    }
    return isWelcome
  }

  /// Without TLS's own close, which waits for an answer.
  private static func cutOff(_ channel: any Channel) {
    let tls = try? channel.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)
    if let tls { tls.close(promise: nil) } else { channel.close(promise: nil) }
  }

  /// What the client's socket was marked with as it connected; 0 where it was not.
  private static func mark(of channel: any Channel) -> UInt32 {
    let option = ChannelOptions.socketOption(NIOBSDSocket.Option(rawValue: SO_MARK))
    return UInt32(truncatingIfNeeded: (try? channel.syncOptions?.getOption(option)) ?? 0)
  }
}
