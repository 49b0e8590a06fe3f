internal import Glibc
internal import Synchronization

/// Makes what is appended durable, in groups and on a thread of its own, and keeps the tree up to date.
///
/// Where nobody else is writing, an append is written on its caller's thread: waking another and waiting for it takes
/// longer than the writing.
///
/// - Note: `@unchecked Sendable` because `thread` is written once, by ``start()``.
final class LogWriter: @unchecked Sendable {
  let queue = SubmissionQueue()
  /// The number of entries that are durable, as far as we know.
  let size: Atomic<Int>
  /// How many of them were appended here.
  let appended = Atomic(0)
  private let sequencer: Mutex<Sequencer>
  /// Until when callers do not write, as the disk is slow; monotonic nanoseconds.
  private let slowUntil = Atomic<UInt64>(0)
  /// Whether the system's memory takes what is written, without waiting for a disk or for a network.
  private let isWrittenToMemory: Bool
  private var thread = pthread_t()

  init(_ sequencer: consuming sending Sequencer) {
    size = Atomic(sequencer.size)
    isWrittenToMemory = sequencer.durability == .process && sequencer.directory.isLocal
    self.sequencer = Mutex(sequencer)
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

  /// - Throws: what keeps it from being taken.
  func take(_ submission: SubmissionQueue.Submission, isUrgent: Bool) throws(LedgerError) {
    if isUrgent, commitAtOnce(submission) { return }
    let deadline = isUrgent ? nil : Self.now() + LedgerLimits.integrationNanoseconds
    if let error = queue.submit(submission, by: deadline) { throw error }
  }

  /// Waits for the thread's end.
  ///
  /// - Returns: why the last integration failed, or `nil`.
  func join() -> LedgerError? {
    pthread_join(thread, nil)
    return sequencer.withLock(\.integrationFailure)
  }

  private func run() {
    while true {
      let work = queue.take { Self.now() }
      if !work.group.isEmpty {
        tell(work.group, commit(work.group))
        queue.groupEnded()
      }
      if work.isDue || work.isLast { integrate() }
      if work.isLast { return }
    }
  }

  private func commit(_ group: [SubmissionQueue.Submission]) -> Result<Range<Int>, LedgerError> {
    sequencer.withLock { sequencer in
      do throws(LedgerError) {
        let range = try sequencer.commit(group.entries)
        callForIntegration(of: sequencer)
        return .success(range)
      } catch {
        return .failure(error)
      }
    }
  }

  /// Commits on the caller's thread, behind what waits, unless somebody else is writing.
  ///
  /// - Returns: false where somebody is; nothing was done then. Else its completion was called.
  private func commitAtOnce(_ submission: SubmissionQueue.Submission) -> Bool {
    let began = Self.now()
    guard isWrittenToMemory, slowUntil.load(ordering: .relaxed) <= began,
      submission.entries.count <= LedgerLimits.entriesAtOnce, submission.byteCount <= LedgerLimits.bytesAtOnce
    else { return false }
    var group: [SubmissionQueue.Submission] = []
    let result = sequencer.withLockIfAvailable { sequencer -> Result<Range<Int>, LedgerError>? in
      do throws(LedgerError) {
        let range = try sequencer.commitUnlessBusy {
          guard let waiting = queue.takeAll() else { return nil }
          group = waiting
          group.append(submission)
          return group.entries
        }
        guard let range else { return nil }
        callForIntegration(of: sequencer)
        return .success(range)
      } catch {
        return .failure(error)
      }
    }
    guard let result = result ?? nil else { return false }
    noteDuration(since: began)
    // What failed before anything was taken is the caller's alone.
    tell(group.isEmpty ? [submission] : group, result)
    return true
  }

  private func tell(_ group: [SubmissionQueue.Submission], _ result: Result<Range<Int>, LedgerError>) {
    guard case .success(let range) = result else { return group.forEach { $0.completion(result) } }
    note(size: range.upperBound)
    appended.add(range.count, ordering: .releasing)
    var start = range.lowerBound
    for submission in group {
      submission.completion(.success(start..<start + submission.entries.count))
      start += submission.entries.count
    }
  }

  private func noteDuration(since began: UInt64) {
    let ended = Self.now()
    guard ended - began > LedgerLimits.slowCommitNanoseconds else { return }
    slowUntil.store(ended + LedgerLimits.slowDiskNanoseconds, ordering: .relaxed)
  }

  /// - Precondition: the sequencer is the caller's.
  private func callForIntegration(of sequencer: Sequencer) {
    // Then it is tried again at a time of its own.
    guard sequencer.integrationFailure == nil else { return }
    let isMuch =
      sequencer.pending.count >= LedgerLimits.integrationEntries
      || sequencer.pendingBytes >= LedgerLimits.integrationBytes
    let now = Self.now()
    queue.wake(at: isMuch ? now : now + LedgerLimits.integrationNanoseconds)
  }

  private func integrate() {
    let (size, hasFailed) = sequencer.withLock { sequencer in
      try? sequencer.integrate()
      return (sequencer.size, sequencer.integrationFailure != nil)
    }
    if hasFailed { queue.wake(at: Self.now() + LedgerLimits.integrationRetryNanoseconds) }
    note(size: size)
  }

  /// Callers and the thread come here in any order.
  private func note(size newest: Int) { size.max(newest, ordering: .releasing) }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

extension [SubmissionQueue.Submission] {
  /// Of all of them, in their order.
  fileprivate var entries: [[UInt8]] { count == 1 ? self[0].entries : flatMap(\.entries) }
}
