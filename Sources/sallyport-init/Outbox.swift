internal import Confinement
internal import Glibc
internal import Synchronization

/// The way to the host: messages at once, observations in batches. Where the host reads slowly, senders wait; nothing
/// is collected without bound and nothing is lost.
final class Outbox: Sendable {
  private let host: ControlChannel
  private let pending = Mutex(Pending())
  /// Written to when the first observation of a batch arrives.
  private let bell: (reading: CInt, writing: CInt)

  private struct Pending {
    var observations: [Observation] = []
    var bytes = 0
    var since: Int64?
    var hostIsThere = true
  }

  init(host: consuming ControlChannel) throws(ConfinementFailure) {
    self.host = host
    bell = try Descriptor.pipe()
  }

  var wakeUp: CInt { bell.reading }
  var hostDescriptor: CInt { host.descriptor.number }

  /// Milliseconds until the collected observations are due, -1 where there are none.
  var patience: Int32 {
    pending.withLock { pending in
      guard let since = pending.since else { return -1 }
      return Int32(max(0, min(Int64(ConfinementLimits.observationDelayMilliseconds), since + Self.delay - Self.now)))
    }
  }

  func noteWakeUp() {
    var bytes: [UInt8] = [0, 0, 0, 0]
    _ = read(bell.reading, &bytes, bytes.count)
  }

  func add(_ observation: Observation) {
    let (isFirst, isFull) = pending.withLock { pending in
      guard pending.hostIsThere else { return (false, false) }
      let isFirst = pending.since == nil
      if isFirst { pending.since = Self.now }
      pending.observations.append(observation)
      pending.bytes += observation.approximateBytes
      return (isFirst, pending.bytes >= ConfinementLimits.observationBatchBytes)
    }
    if isFull { flush() } else if isFirst { _ = write(bell.writing, [1], 1) }
  }

  func flushWhenDue() {
    if pending.withLock({ $0.since.map { Self.now - $0 >= Self.delay } ?? false }) { flush() }
  }

  func flush() {
    // Sent under the lock, so that batches keep their order.
    pending.withLock { pending in
      if !pending.observations.isEmpty, pending.hostIsThere { host.send(.observed(pending.observations)) }
      pending.observations = []
      pending.bytes = 0
      pending.since = nil
    }
  }

  /// - Returns: whether the host is still there.
  @discardableResult
  func send(_ message: ControlMessage, with descriptors: [CInt] = []) -> Bool {
    host.send(message, with: descriptors)
  }

  func receive() -> ControlChannel.Received? { host.receive() }

  func hostIsGone() { pending.withLock { $0.hostIsThere = false } }

  private static let delay = Int64(ConfinementLimits.observationDelayMilliseconds)

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

extension Observation {
  /// What it takes in a packet, within a few bytes.
  fileprivate var approximateBytes: Int {
    switch self {
    case .executed(_, let program): 16 + program.utf8.count
    case .opened(_, let program, let path, _, _): 24 + program.utf8.count + path.utf8.count
    case .connected(_, let program, _, _): 48 + program.utf8.count
    case .connectedLocally(_, let program, let path), .refused(_, let program, let path):
      24 + program.utf8.count + path.utf8.count
    }
  }
}
