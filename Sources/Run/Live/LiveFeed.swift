internal import Confinement
internal import Enforcement
internal import Evidence
internal import Glibc
internal import Synchronization

/// Tells those who watch a run what happens in it, and takes their answers.
///
/// One thread of its own serves them all, without ever waiting for one: each has the changed exchanges coming to it by
/// number, and what it is sent is what they are when it is ready to read. Where nobody watches, the thread sleeps and
/// the journal tells nobody anything.
final class LiveFeed: Sendable {
  let listener: CInt
  let first: JSONValue
  let journal: ExchangeJournal
  let asker: PersonAsker
  let wake: (reading: CInt, writing: CInt)
  private let ended: (reading: CInt, writing: CInt)
  private let shared = Mutex(Shared())

  /// What other threads leave for ours.
  private struct Shared {
    var changed = ChangeQueue()
    var last: JSONValue?
    var isWoken = false
    var hasEnded = false
  }

  /// - Parameters:
  ///   - directory: the run's live directory.
  ///   - first: what a watcher is told before all else.
  /// - Throws: ``RunError`` with `.state` where no socket can be made there.
  init(
    in directory: String, first: JSONValue, journal: ExchangeJournal, asker: PersonAsker
  ) throws(RunError) {
    guard let listener = LiveSocket.listening(in: directory) else {
      throw .state("\(directory)/\(LiveSocket.name)", "cannot be listened on", errno)
    }
    self.listener = listener
    self.first = first
    self.journal = journal
    self.asker = asker
    do throws(ConfinementFailure) {
      (wake, ended) = (try Descriptor.pipe(), try Descriptor.pipe())
    } catch {
      close(listener)
      throw .state(directory, "cannot be watched", error.errorNumber)
    }
    for number in [wake.reading, wake.writing] { LiveSocket.setNonBlocking(number) }
  }

  deinit { for number in [listener, wake.reading, wake.writing, ended.reading, ended.writing] { close(number) } }

  /// Begins to serve, on a thread of its own.
  func start() {
    asker.listen { [weak self] in self?.wakeUp() }
    let result = DetachedThread.start {
      var desk = FeedDesk(self)
      while desk.serve() {}
      desk.close()
      self.finish()
    }
    if result != 0 { finish() }
  }

  /// Tells every watcher that the run has ended, and lets go of them; again does nothing.
  ///
  /// Waits for those who still read, and no longer than ``RunLimits/watcherFarewell``.
  func end(with message: JSONValue) {
    let isFirst = shared.withLock { shared in
      defer { shared.hasEnded = true }
      if !shared.hasEnded { shared.last = message }
      return !shared.hasEnded
    }
    guard isFirst else { return }
    asker.listen(nil)
    wakeUp()
    _ = Readiness.wait(for: [ended.reading], milliseconds: 2 * RunLimits.watcherFarewell)
  }

  private func finish() {
    journal.observe(nil)
    _ = write(ended.writing, [1], 1)
  }

  private func note(_ exchange: Int) {
    shared.withLock { _ = $0.changed.insert(exchange) }
    wakeUp()
  }

  private func wakeUp() {
    let wakes = shared.withLock { shared in
      defer { shared.isWoken = true }
      return !shared.isWoken
    }
    if wakes { _ = write(wake.writing, [1], 1) }
  }

}

// MARK: For the thread that serves

extension LiveFeed {
  /// What happened since the last look.
  struct News {
    var changed: ChangeQueue
    /// The run's farewell, once it has ended.
    let last: JSONValue?
  }

  func news() -> News {
    var bytes = [UInt8](repeating: 0, count: 16)
    _ = read(wake.reading, &bytes, bytes.count)
    return shared.withLock { shared in
      shared.isWoken = false
      defer { shared.changed = ChangeQueue() }
      return News(changed: shared.changed, last: shared.last)
    }
  }

  /// - Returns: how many exchanges there were before the first that is told of.
  func watch() -> Int { journal.observe { [weak self] in self?.note($0) } }

  func unwatch() { journal.observe(nil) }
}
