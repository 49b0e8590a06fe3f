internal import Glibc
internal import NIOCore
internal import NIOPosix

/// Runs one job: opens the connections, warms them, says `warm`, waits for a line, and counts from there.
final class Load {
  let job: Job
  let target: Target
  let loop: any EventLoop
  private let done: EventLoopPromise<String>
  private var isWarm = false
  private var left: Int
  private var underWay = 0
  private var errors = 0
  private var begin = NIODeadline.now()
  private var isOver = false
  private var counted = 0
  private var idle: [LoadConnection] = []
  private var samples = LoadSamples()

  init(_ job: Job, to target: Target, on loop: any EventLoop) {
    self.job = job
    self.target = target
    self.loop = loop
    done = loop.makePromise()
    left = job.warm
  }

  /// The report as one line of JSON.
  static func run(_ job: Job, to target: Target, on loop: any EventLoop) -> EventLoopFuture<String> {
    let load = Load(job, to: target, on: loop)
    for index in 0..<job.connections { load.idle.append(LoadConnection(load, index: index)) }
    load.go()
    return load.done.futureResult
  }

  /// Gives work to whoever has none; ends the warming or the job when all is done.
  private func go() {
    while left > 0, !isOver, let connection = idle.popLast() {
      left -= 1
      underWay += 1
      counted += 1
      connection.request()
    }
    guard left == 0 || isOver, underWay == 0 else { return }
    isWarm ? end() : measure()
  }

  private func measure() {
    isWarm = true
    print("warm")
    fflush(nil)
    _ = readLine()
    samples = LoadSamples()
    errors = 0
    counted = 0
    left = job.seconds > 0 ? .max : job.requests
    begin = .now()
    if job.seconds > 0 {
      loop.assumeIsolated().scheduleTask(in: .seconds(Int64(job.seconds))) {
        self.isOver = true
        self.go()
      }
    }
    go()
  }

  private func end() {
    let seconds = Double((NIODeadline.now() - begin).nanoseconds) / 1e9
    for connection in idle { connection.close() }
    done.succeed(samples.report(requests: counted, errors: errors, seconds: seconds))
  }

  /// An event arrived, this long after it was sent.
  func event(delay: Int, isFirst: Bool, sinceRequest: Int, gap: Int) {
    samples.events.append(delay)
    if isFirst { samples.firstEvents.append(sinceRequest) }
    if !isFirst { samples.longestGap = max(samples.longestGap, gap) }
  }

  func finished(_ connection: LoadConnection, nanoseconds: Int?) {
    if let nanoseconds { samples.requests.append(nanoseconds) } else { errors += 1 }
    underWay -= 1
    guard job.rate > 0, isWarm else {
      idle.append(connection)
      return go()
    }
    let pause = max(0, 1_000_000_000 / job.rate - (nanoseconds ?? 0))
    loop.assumeIsolated().scheduleTask(in: .nanoseconds(Int64(pause))) {
      self.idle.append(connection)
      self.go()
    }
  }

  func after(_ time: TimeAmount, _ body: @escaping () -> Void) {
    loop.assumeIsolated().scheduleTask(in: time, body)
  }

  func connect(_ connection: LoadConnection) {
    let bound = NIOLoopBound(connection, eventLoop: loop)
    let generation = connection.generation
    ClientBootstrap(group: loop)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(OpeningHandler(bound.value))
        }
      }
      .connect(host: target.endpoint.host, port: target.endpoint.port).assumeIsolated().whenFailure { _ in
        connection.failed(generation)
      }
  }
}
