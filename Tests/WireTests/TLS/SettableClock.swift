internal import Evidence
internal import Synchronization

/// A clock that stands still until it is set.
final class SettableClock: Sendable {
  private let time: Mutex<Timestamp>

  init(_ start: Timestamp) {
    time = Mutex(start)
  }

  func set(_ now: Timestamp) {
    time.withLock { $0 = now }
  }

  var clock: WallClock {
    WallClock { self.time.withLock { $0 } }
  }
}
