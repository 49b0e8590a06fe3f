internal import Glibc

/// What waits for the writer thread: bounded, in order, taken in groups.
///
/// - Note: `@unchecked Sendable` because the compiler cannot see that `state` is touched only between
///   `pthread_mutex_lock` and `unlock`; `Mutex` has no condition to wait on.
final class SubmissionQueue: @unchecked Sendable {
  typealias Completion = @Sendable (Result<Range<Int>, LedgerError>) -> Void

  struct Submission {
    let entries: [[UInt8]]
    let byteCount: Int
    let completion: Completion
  }

  /// What the writer is to do next.
  struct Work {
    var group: [Submission] = []
    /// Whether the time has come that the writer was to be woken at.
    var isDue = false
    /// Nothing more will come.
    var isLast = false
  }

  private struct State {
    var waiting: [Submission] = []
    /// Those of `waiting` that were taken; they are dropped in bulk.
    var taken = 0
    var entries = 0
    var bytes = 0
    var isStopped = false
    /// Whether the writer has a group that it has not committed yet.
    var isGroupUnderWay = false
    /// Whether the writer waits and nobody has woken it.
    var isAsleep = false
    /// When it wakes up by itself; monotonic nanoseconds.
    var deadline: UInt64?
  }

  private var state = State()
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  private func withState<Result>(_ body: (inout State) -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body(&state)
  }

  /// - Parameter deadline: when the writer must be awake for it, at the latest, in nanoseconds of the monotonic clock;
  ///   `nil` for what somebody waits for. What has one goes with the next group.
  /// - Returns: why it was not taken, or `nil`.
  func submit(_ submission: Submission, by deadline: UInt64?) -> LedgerError? {
    withState { state in
      if state.isStopped { return LedgerError(.closed, place: "ledger", "the ledger was closed before this append") }
      guard state.entries + submission.entries.count <= LedgerLimits.queuedEntries,
        state.bytes + submission.byteCount <= LedgerLimits.queuedBytes
      else {
        return LedgerError(
          .overloaded, place: "ledger", "\(state.entries) entries wait for the disk and no more can",
          remedy: "try again later; look at the disk that holds the ledger")
      }
      state.waiting.append(submission)
      state.entries += submission.entries.count
      state.bytes += submission.byteCount
      if let deadline {
        note(deadline, in: &state)
      } else if state.isAsleep {
        state.isAsleep = false
        pthread_cond_signal(condition)
      }
      return nil
    }
  }

  /// Takes what waits, for somebody who commits it with something that came after it.
  ///
  /// - Returns: `nil` where that must wait, so that it does not go before what came first; nothing was taken then.
  func takeAll() -> [Submission]? {
    withState { state in
      let isRoom =
        state.entries < LedgerLimits.entriesPerCommit && state.bytes < LedgerLimits.bytesPerCommit
      guard !state.isStopped, !state.isGroupUnderWay, isRoom else { return nil }
      return Self.takeGroup(&state).group
    }
  }

  /// The writer has committed what it took.
  func groupEnded() { withState { $0.isGroupUnderWay = false } }

  /// Sees to it that the writer is awake at this time, at the latest.
  ///
  /// - Parameter deadline: on the monotonic clock, in nanoseconds.
  func wake(at deadline: UInt64) { withState { note(deadline, in: &$0) } }

  private func note(_ deadline: UInt64, in state: inout State) {
    if let earlier = state.deadline, earlier <= deadline { return }
    state.deadline = deadline
    // Awake for long enough to see it.
    if state.isAsleep { pthread_cond_signal(condition) }
  }

  /// Lets the writer finish what waits and then end.
  func stop() {
    withState { state in
      state.isStopped = true
      pthread_cond_signal(condition)
    }
  }

  /// Waits for submissions, or for the time that was asked for.
  ///
  /// - Parameter now: the monotonic clock, in nanoseconds.
  /// - Returns: as many as make one group commit; none when it is the time alone.
  func take(_ now: () -> UInt64) -> Work {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    // Each look at `state` is an access of its own. One `inout` over the whole loop would promise the compiler that
    // nobody changes it meanwhile, and it would look only once.
    while state.entries == 0, !state.isStopped, !isDue(now) { sleep() }
    var work = Self.takeGroup(&state)
    state.isGroupUnderWay = !work.group.isEmpty
    work.isDue = isDue(now)
    if work.isDue { state.deadline = nil }
    return work
  }

  private func isDue(_ now: () -> UInt64) -> Bool { state.deadline.map { $0 <= now() } ?? false }

  /// Until somebody wakes the writer and says so in `isAsleep`, or time is up; what came without waking it waits for that.
  private func sleep() {
    state.isAsleep = true
    while state.isAsleep, !state.isStopped {
      guard let deadline = state.deadline else {
        pthread_cond_wait(condition, mutex)
        continue
      }
      var time = timespec(tv_sec: Int(deadline / 1_000_000_000), tv_nsec: Int(deadline % 1_000_000_000))
      if pthread_cond_timedwait(condition, mutex, &time) == ETIMEDOUT { break }
    }
    state.isAsleep = false
  }

  private static func takeGroup(_ state: inout State) -> Work {
    var work = Work()
    var (entries, bytes) = (0, 0)
    while state.taken < state.waiting.count {
      let next = state.waiting[state.taken]
      let fits =
        entries + next.entries.count <= LedgerLimits.entriesPerCommit
        && bytes + next.byteCount <= LedgerLimits.bytesPerCommit
      guard fits || work.group.isEmpty else { break }
      work.group.append(next)
      entries += next.entries.count
      bytes += next.byteCount
      state.taken += 1
    }
    state.entries -= entries
    state.bytes -= bytes
    if state.taken == state.waiting.count {
      state.waiting.removeAll(keepingCapacity: true)
      state.taken = 0
    }
    work.isLast = state.isStopped && state.waiting.isEmpty
    return work
  }
}
