internal import NIOCore
internal import NIOPosix

/// Connects to the first of some addresses that answers: each next one is tried when the last failed or has not
/// answered for a moment (RFC 8305 §5, in the order given). Lives on one loop, until its future is complete.
final class ConnectRace {
  private let loop: any EventLoop
  private let timeout: TimeAmount
  private let promise: EventLoopPromise<any Channel>
  private var candidates: ArraySlice<SocketAddress>
  private var running = 0
  private var isOver = false
  private var lastError: (any Error)?
  private var next: Scheduled<Void>?

  private init(to addresses: [SocketAddress], timeout: TimeAmount, on loop: any EventLoop) {
    self.loop = loop
    self.timeout = timeout
    promise = loop.makePromise()
    candidates = addresses.prefix(UpstreamLimits.candidateAddresses)
  }

  /// On the loop. Fails with the last address's error.
  static func connect(
    to addresses: [SocketAddress], timeout: TimeAmount, on loop: any EventLoop
  ) -> EventLoopFuture<any Channel> {
    let race = ConnectRace(to: addresses, timeout: timeout, on: loop)
    race.tryNext()
    return race.promise.futureResult
  }

  private func tryNext() {
    next?.cancel()
    guard !isOver else { return }
    guard let address = candidates.popFirst() else {
      if running == 0 { finish(.failure(lastError ?? ChannelError.connectTimeout(timeout))) }
      return
    }
    running += 1
    Self.bootstrap(for: address, timeout: timeout, on: loop).connect(to: address).assumeIsolated()
      .whenComplete { self.attemptEnded($0) }
    if !candidates.isEmpty, !isOver {
      next = loop.assumeIsolated().scheduleTask(in: UpstreamLimits.attemptDelay) { self.tryNext() }
    }
  }

  private func attemptEnded(_ result: Result<any Channel, any Error>) {
    running -= 1
    switch result {
    case .success(let channel) where isOver: channel.close(promise: nil)
    case .success: finish(result)
    case .failure(let error):
      lastError = error
      tryNext()
    }
  }

  private func finish(_ result: Result<any Channel, any Error>) {
    guard !isOver else { return }
    isOver = true
    next?.cancel()
    promise.completeWith(result)
  }

  private static func bootstrap(
    for address: SocketAddress, timeout: TimeAmount, on loop: any EventLoop
  ) -> ClientBootstrap {
    let bootstrap = ClientBootstrap(group: loop).connectTimeout(timeout)
      .channelOption(.autoRead, value: false)
      .channelOption(.recvAllocator, value: ReadMemory.allocator)
      .channelOption(
        .writeBufferWaterMark,
        value: .init(low: UpstreamLimits.writeLowWatermark, high: UpstreamLimits.writeHighWatermark))
    if case .unixDomainSocket = address { return bootstrap }
    return bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1)
  }
}
