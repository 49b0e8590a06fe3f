internal import Glibc
internal import Synchronization

/// Fills an index with a workspace in the background, and keeps it as files change.
///
/// Files of the workspace are told by their paths in it, others that the agent opened by their absolute paths. No link is
/// followed: what is within the workspace is read under its own name, and what is outside is not the workspace's.
package final class WorkspaceIndexer: Sendable {
  private let index: SourceIndex
  private let paths: IndexedPaths
  private let work: Mutex<WorkspaceReader>
  private let state = Mutex(State())

  private struct State {
    var waiting: [Waiter] = []
    /// Paths that the agent opened and that were not looked at since.
    var opened: [String] = []
    var isReady = false
    var isStopped = false
    var hasStarted = false
    /// Whether a thread that leaves the processors to others reads, and nobody waits for it.
    var isFirstReading = false
    /// A pipe that wakes the thread: its end to read and its end to write, or -1.
    var bell: (heard: Int32, rung: Int32) = (-1, -1)

    mutating func endFirstReading() {
      isFirstReading = false
      ring()
    }

    /// Under the lock, since the thread closes it when it ends.
    func ring() {
      guard bell.rung >= 0 else { return }
      var byte: UInt8 = 0
      write(bell.rung, &byte, 1)
    }
  }

  private struct Waiter {
    let deadline: ContinuousClock.Instant
    let body: @Sendable (Bool) -> Void
  }

  /// - Parameters:
  ///   - workspace: an absolute path without links.
  ///   - layer: the absolute path of a directory in which an overlay keeps what changes in the workspace.
  ///   - ignored: absolute paths of folders that are nobody's text: the agent's installation, our own state.
  ///   - settledAfter: the time from which on a file's own times tell of each change.
  package init(
    workspace: String, layer: String? = nil, into index: SourceIndex, ignoring ignored: [String] = [],
    settledAfter: Duration = AttributionLimits.settledFile
  ) {
    self.index = index
    paths = IndexedPaths(workspace: workspace, ignored: ignored)
    work = Mutex(WorkspaceReader(paths, index, layer: layer, settledAfter: settledAfter))
  }

  /// Begins; a second time does nothing. The thread ends by ``stop()``.
  package func start() {
    let isFirst = state.withLock { state in
      guard !state.hasStarted, !state.isStopped else { return false }
      state.hasStarted = true
      state.isFirstReading = true
      state.bell = Self.pipeEnds()
      return true
    }
    guard isFirst else { return }
    // Where there is no thread, everything is read when a message begins.
    startThread { $0.run() }
  }

  @discardableResult
  private func startThread(_ body: @escaping @Sendable (WorkspaceIndexer) -> Void) -> Bool {
    let context = Unmanaged.passRetained(Errand(indexer: self, body: body))
    var thread = pthread_t()
    let result = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        let errand = Unmanaged<Errand>.fromOpaque(context).takeRetainedValue()
        errand.body(errand.indexer)
        return nil
      }, context.toOpaque())
    guard result == 0 else {
      context.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private final class Errand: Sendable {
    let indexer: WorkspaceIndexer
    let body: @Sendable (WorkspaceIndexer) -> Void

    init(indexer: WorkspaceIndexer, body: @escaping @Sendable (WorkspaceIndexer) -> Void) {
      self.indexer = indexer
      self.body = body
    }
  }

  private static func pipeEnds() -> (Int32, Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return (-1, -1) }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    return (ends[0], ends[1])
  }

  /// The agent opened these files for reading, by their absolute paths: they are looked at before anything else.
  package func opened(_ files: [String]) {
    let names = files.compactMap { paths.name(of: $0) }
    guard !names.isEmpty else { return }
    state.withLock { state in
      for name in names where state.opened.count < AttributionLimits.openedFiles && state.opened.last != name {
        state.opened.append(name)
      }
      state.ring()
    }
  }

  /// Whether all of the workspace is in the index, or never will be.
  package var isReady: Bool { state.withLock { $0.isReady || $0.isStopped || !$0.hasStarted } }

  /// Calls the body once: with true when all of the workspace is in the index, with false when that takes longer.
  ///
  /// On the indexer's thread, or at once.
  package func whenReady(within time: Duration, _ body: @escaping @Sendable (Bool) -> Void) {
    let answer = state.withLock { state -> Bool? in
      if state.isReady { return true }
      if state.isStopped || !state.hasStarted { return false }
      state.waiting.append(Waiter(deadline: .now + time, body: body))
      state.endFirstReading()
      return nil
    }
    if let answer { body(answer) }
  }

  /// Takes in what changed before now, as far as a few milliseconds go. For the beginning of a message, on any thread.
  ///
  /// - Returns: whether the index is as the files are.
  @discardableResult package func settle() -> Bool {
    return work.withLock { reader in
      reader.hear()
      reader.open(takeOpened())
      guard reader.refreshLayer(until: .now + AttributionLimits.settling) else { return false }
      // Where nothing changed, not even the time is asked for.
      return reader.isIdle && reader.isWalked || reader.readChanged(until: .now + AttributionLimits.settling)
    }
  }

  /// Ends the thread; who waits is told that there is nothing.
  package func stop() {
    let waiting = state.withLock { state in
      state.isStopped = true
      state.ring()
      defer { state.waiting = [] }
      return state.waiting
    }
    for waiter in waiting { waiter.body(false) }
  }

  /// For whoever has the reader: nothing may be on its way from here to there while another settles.
  private func takeOpened() -> [String] {
    state.withLock { state in
      guard !state.opened.isEmpty else { return [] }
      defer { state.opened = [] }
      return state.opened
    }
  }
}

// MARK: - The thread

extension WorkspaceIndexer {
  private func run() {
    // Two of them, since what was nice once stays so: to go back asks for a privilege.
    if !startThread({ $0.readFirst() }) { state.withLock { $0.isFirstReading = false } }
    while true {
      let (isStopped, isFirstReading) = state.withLock { ($0.isStopped, $0.isFirstReading) }
      if isStopped { break }
      if isFirstReading || !step() { wait(hears: !isFirstReading) }
    }
    end()
  }

  private func readFirst() {
    // Of this thread alone (setpriority(2)). The agent starts meanwhile.
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, AttributionLimits.firstReadingNiceness)
    while state.withLock({ $0.isFirstReading && !$0.isStopped }), step() {}
    state.withLock { $0.endFirstReading() }
  }

  /// A file at a time, so that who settles waits for no more.
  ///
  /// - Returns: whether there is more to read.
  private func step() -> Bool {
    let (hasMore, isWalked) = work.withLock { reader in
      reader.begin()
      reader.hear()
      reader.open(takeOpened())
      return (reader.step(), reader.isWalked)
    }
    if !hasMore { work.withLock { $0.rest() } }
    answerWaiters(isWalked: !hasMore && isWalked)
    return hasMore
  }

  private func end() {
    state.withLock { state in
      if state.bell.heard >= 0 {
        close(state.bell.heard)
        close(state.bell.rung)
      }
      state.bell = (-1, -1)
    }
    // The kernel takes some 15 ms to close it, which a process that ends now would wait for at its end.
    work.withLock { $0.stopHearing() }
  }

  private func answerWaiters(isWalked: Bool) {
    let now = ContinuousClock.now
    let due = state.withLock { state -> [Waiter] in
      if isWalked { state.isReady = true }
      guard !state.waiting.isEmpty else { return [] }
      let due = state.waiting.filter { isWalked || $0.deadline <= now }
      state.waiting.removeAll { isWalked || $0.deadline <= now }
      return due
    }
    for waiter in due { waiter.body(isWalked) }
  }

  /// Until a file changes, somebody rings, or somebody has waited long enough.
  ///
  /// - Parameter hears: whether changes are this thread's to read.
  private func wait(hears: Bool) {
    let (bell, deadline) = state.withLock { ($0.bell.heard, $0.waiting.map(\.deadline).min()) }
    var descriptors = [
      pollfd(fd: hears ? work.withLock { $0.descriptor } : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: bell, events: Int16(POLLIN), revents: 0),
    ]
    let patience = deadline.map { Int32(clamping: ($0 - .now).components.seconds * 1000 + 1000) } ?? -1
    poll(&descriptors, nfds_t(descriptors.count), patience)
    guard bell >= 0 else { return }
    withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
      _ = read(bell, buffer.baseAddress, buffer.count)
    }
  }
}
