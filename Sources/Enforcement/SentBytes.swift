internal import Synchronization

/// What a run has let go to each host, so that policy can tell one question from a file cut into many.
final class SentBytes: Sendable {
  private let bytes = Mutex<[String: Int]>([:])

  func bytes(to host: String) -> Int { bytes.withLock { $0[host] ?? 0 } }

  /// The number of hosts is bounded by the run's exchanges, each of which the record keeps anyway.
  func add(_ count: Int, to host: String) { bytes.withLock { $0[host, default: 0] += count } }
}
