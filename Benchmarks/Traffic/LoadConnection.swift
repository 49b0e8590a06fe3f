internal import NIOCore

/// One client: at most one connection, at most one request under way.
final class LoadConnection {
  let load: Load
  private var channel: (any Channel)?
  private var isUnderWay = false
  private var sent = NIODeadline.now()
  private var lastEvent: NIODeadline?
  /// Counts connections: what becomes of an earlier one is no longer of interest.
  private(set) var generation = 0

  init(_ load: Load) { self.load = load }

  func request(isFresh: Bool) {
    if isFresh { close() }
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
    channel?.close(promise: nil)
  }

  /// The way is open up to the server.
  func opened(_ channel: any Channel) {
    self.channel = channel
    send(on: channel)
  }

  private func send(on channel: any Channel) {
    let job = load.job
    switch job.kind {
    case .post, .new:
      channel.write(
        ByteBuffer(
          string: "POST /v1/messages HTTP/1.1\r\nhost: \(load.target.host)\r\ncontent-type: application/json\r\n"
            + "accept: application/json\r\nuser-agent: bench/1.0\r\ncontent-length: \(job.body.readableBytes)\r\n\r\n"),
        promise: nil)
      channel.writeAndFlush(job.body, promise: nil)
    case .events:
      channel.writeAndFlush(
        ByteBuffer(
          string: "GET /events?\(job.events),\(job.interval) HTTP/1.1\r\nhost: \(load.target.host)\r\n"
            + "accept: text/event-stream\r\nuser-agent: bench/1.0\r\n\r\n"), promise: nil)
    }
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
    channel = nil
    guard isUnderWay else { return }
    isUnderWay = false
    load.finished(self, nanoseconds: nil)
  }
}
