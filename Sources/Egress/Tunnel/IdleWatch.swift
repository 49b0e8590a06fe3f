internal import NIOCore

/// Closes a client's connection on which no exchange has been under way for too long.
///
/// Bytes that never become a request do not count, so a head that is sent a byte at a time is no way to stay. One timer
/// a connection, moved only when it fires: an exchange costs a look at the clock.
final class IdleWatch {
  private let limit: TimeAmount
  private let channel: any Channel
  private var openExchanges = 0
  private var idleSince = NIODeadline.now()
  private var timer: Scheduled<Void>?

  init(_ channel: any Channel, limit: TimeAmount) {
    self.channel = channel
    self.limit = limit
    arm(in: limit)
  }

  func exchangeBegan() { openExchanges += 1 }

  func exchangeEnded() {
    openExchanges -= 1
    if openExchanges == 0 { idleSince = .now() }
  }

  /// Nothing is watched any more: the connection ended or serves something that may rest.
  func stop() {
    timer?.cancel()
    timer = nil
  }

  private func arm(in time: TimeAmount) {
    timer = channel.eventLoop.assumeIsolated().scheduleTask(in: time) { [weak self] in self?.fired() }
  }

  private func fired() {
    guard openExchanges == 0 else { return arm(in: limit) }
    let rested = NIODeadline.now() - idleSince
    guard rested < limit else { return channel.close(promise: nil) }
    arm(in: limit - rested)
  }
}
