internal import Glibc
internal import Synchronization

/// The one thread that writes: takes what waits, makes it durable in one go, and keeps the tree up to date.
///
/// - Note: `@unchecked Sendable` because `sequencer`, `unintegratedSince` and `failure` belong to the thread from
///   ``start()`` to its end, and to whoever has joined it after.
final class LogWriter: @unchecked Sendable {
  let queue = SubmissionQueue()
  /// The number of entries that are durable, as far as we know.
  let size: Atomic<Int>
  private let sequencer: Sequencer
  /// When the oldest entry that is not in the tree became durable, or when to try again; monotonic nanoseconds.
  private var integrationDue: UInt64?
  /// Why the last integration failed.
  private var failure: LedgerError?
  private var thread = pthread_t()

  init(_ sequencer: Sequencer) {
    self.sequencer = sequencer
    size = Atomic(sequencer.size)
  }

  func start() throws(LedgerError) {
    let context = Unmanaged.passRetained(self)
    let result = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<LogWriter>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    guard result == 0 else {
      context.release()
      throw .system("start a thread for", "ledger", errno: result)
    }
  }

  /// Waits for the thread's end.
  ///
  /// - Returns: why the last integration failed, or `nil`.
  func join() -> LedgerError? {
    pthread_join(thread, nil)
    return failure
  }

  private func run() {
    while true {
      let work = queue.take(until: integrationDue)
      if !work.group.isEmpty { commit(work.group) }
      let isDue = integrationDue.map { $0 <= Self.now() } ?? false
      let isMuch = failure == nil && sequencer.pending.count >= LedgerLimits.integrationEntries
      if work.isLast || isDue || isMuch { integrate() }
      if work.isLast { return }
    }
  }

  private func commit(_ group: [SubmissionQueue.Submission]) {
    let result: Result<Range<Int>, LedgerError>
    do throws(LedgerError) {
      result = .success(try sequencer.commit(group.flatMap(\.entries)))
    } catch {
      result = .failure(error)
    }
    guard case .success(let range) = result else { return group.forEach { $0.completion(result) } }
    size.store(range.upperBound, ordering: .releasing)
    if integrationDue == nil { integrationDue = Self.now(plus: LedgerLimits.integrationMilliseconds) }
    var start = range.lowerBound
    for submission in group {
      submission.completion(.success(start..<start + submission.entries.count))
      start += submission.entries.count
    }
  }

  private func integrate() {
    do throws(LedgerError) {
      try sequencer.integrate()
      failure = nil
      integrationDue = nil
    } catch {
      failure = error
      integrationDue = Self.now(plus: LedgerLimits.integrationRetryMilliseconds)
    }
    size.store(sequencer.size, ordering: .releasing)
  }

  private static func now(plus milliseconds: Int = 0) -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec) + UInt64(milliseconds) * 1_000_000
  }
}
