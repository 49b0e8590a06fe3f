internal import Confinement
internal import Glibc
internal import Synchronization

/// The first moments of a run, in which there is no agent yet that signals could be passed on to.
///
/// It listens before anything is made. A signal that would end us takes away what was made of the run, as long as
/// nobody was told of it, and says that it came; later it refuses the run, which is then on record.
final class RunBeginning: Sendable {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]
  /// How often files are removed that another thread makes meanwhile.
  private static let attempts = 100
  /// Files that one directory of a beginning run may hold; ours has three.
  private static let removedFiles = 64

  private let notes: (reading: CInt, writing: CInt)
  private let told: (reading: CInt, writing: CInt)
  private let state = Mutex(State())

  private struct State {
    /// Those of this run alone.
    var directories: [String] = []
    var isTold = false
    var signal: CInt?
  }

  /// - Throws: ``RunError`` with `.ours` where there is no descriptor left.
  init() throws(RunError) {
    do throws(ConfinementFailure) {
      (notes, told) = (try Descriptor.pipe(), try Descriptor.pipe())
    } catch {
      throw RunError(.ours, at: "run", "\(error)")
    }
    SignalNotes.begin(Self.signals, to: notes.writing)
    watch()
  }

  deinit { for number in [notes.reading, notes.writing, told.reading, told.writing] { close(number) } }

  /// Makes directories of this run alone; not while a signal is ending it.
  func make(_ directories: String..., body: () throws(RunError) -> Void) throws(RunError) {
    let result = state.withLock { state in
      state.directories += directories
      return Result { () throws(RunError) in try body() }
    }
    try result.get()
  }

  /// From now on the run has its place in the store, and its end is told there.
  func isOnRecord() {
    state.withLock { $0.isTold = true }
    var byte: UInt8 = 0
    _ = write(told.writing, &byte, 1)
  }

  /// - Throws: ``RunError`` with `.interrupted` where a signal has come.
  func check() throws(RunError) {
    guard let signal = noted() else { return }
    state.withLock { $0.signal = signal }
    throw RunError(.interrupted, at: "run", "\(Self.name(signal)) came before the agent was started.")
  }

  /// Gives what has come meanwhile to whoever listens now.
  func handOver(to take: (CInt) -> Void) { while let signal = noted() { take(signal) } }

  /// Ends this process as the signal would have that ``check()`` has told of.
  func endProcess() -> Never { Self.die(of: state.withLock { $0.signal } ?? SIGTERM) }

  private func noted() -> CInt? {
    guard !Readiness.wait(for: [notes.reading], milliseconds: 0).isEmpty else { return nil }
    var note: UInt8 = 0
    return read(notes.reading, &note, 1) == 1 ? CInt(note) : nil
  }

  private static func name(_ signal: CInt) -> String {
    signal == SIGINT ? "SIGINT" : signal == SIGHUP ? "SIGHUP" : "SIGTERM"
  }

  private static func die(of signal: CInt) -> Never {
    Notice.say("\(name(signal)) came before the agent was started: nothing ran, and nothing was sent.")
    SignalNotes.end(signals)
    kill(getpid(), signal)
    // Threads may have it blocked.
    _exit(128 + signal)
  }

  // MARK: As long as nobody was told

  private func watch() { DetachedThread.start { self.serve() } }

  private func serve() {
    let ready = Readiness.wait(for: [told.reading, notes.reading], milliseconds: -1)
    guard !ready.contains(told.reading) else { return }
    // Nothing is made any more, since the lock is never given back.
    state.withLock { state in
      guard !state.isTold, let signal = noted() else { return }
      for directory in state.directories { Self.remove(directory) }
      Self.die(of: signal)
    }
  }

  private static func remove(_ directory: String) {
    for _ in 0..<attempts {
      for name in FilePaths.names(in: directory, limit: removedFiles) { unlink("\(directory)/\(name)") }
      if rmdir(directory) == 0 || errno == ENOENT { return }
    }
  }
}
