internal import Confinement
internal import Glibc
internal import Sandbox
internal import Synchronization

/// Makes of our process and the agent one job: signals for us are passed on to the agent, and when the agent stops, we
/// stop, so that the shell has its terminal back; when we go on, it goes on.
///
/// The agent is never left stopped while we run: where no shell could let us go on, it goes on at once.
final class JobControl: Sendable {
  private let notes: (reading: CInt, writing: CInt)
  private let ended: (reading: CInt, writing: CInt)

  private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGTSTP]
  /// Bytes that are no signal's number.
  private static let agentStopped: UInt8 = 0x80
  private static let end: UInt8 = 0xff

  init() throws {
    notes = try Descriptor.pipe()
    ended = try Descriptor.pipe()
  }

  deinit { for number in [notes.reading, notes.writing, ended.reading] { close(number) } }

  /// To be told when the agent stops; from any thread, before ``start(_:relay:)`` too.
  func agentHasStopped(by signal: Int32) { put(Self.agentStopped | UInt8(truncatingIfNeeded: signal) & 0x3f) }

  /// To be told of a signal that came before ``start(_:relay:)``.
  func note(_ signal: Int32) { put(UInt8(truncatingIfNeeded: signal)) }

  /// Passes signals on, on a thread of its own, until ``stop()``.
  func start(_ confined: ConfinedRun, relay: TerminalRelay?) {
    SignalNotes.begin(Self.signals, to: notes.writing)
    if DetachedThread.start({ self.serve(confined, relay) }) != 0 { close(ended.writing) }
  }

  func stop() {
    SignalNotes.end(Self.signals)
    put(Self.end)
    // Its thread has let go of relay and terminal when this pipe closes.
    var byte: UInt8 = 0
    while read(ended.reading, &byte, 1) < 0, errno == EINTR {}
  }

  private func put(_ byte: UInt8) {
    var byte = byte
    while write(notes.writing, &byte, 1) < 0, errno == EINTR {}
  }

  private func serve(_ confined: ConfinedRun, _ relay: TerminalRelay?) {
    var killTime: ContinuousClock.Instant?
    var isStopAskedFor = false
    var isEndAskedFor = false
    while true {
      let left = killTime.map { Int32(clamping: max(.zero, ContinuousClock.now.duration(to: $0)).milliseconds + 1) }
      let isNoted = !Readiness.wait(for: [notes.reading], milliseconds: left ?? -1).isEmpty
      if let time = killTime, ContinuousClock.now >= time {
        confined.signal(SIGKILL)
        killTime = nil
      }
      var note: UInt8 = 0
      guard isNoted, read(notes.reading, &note, 1) == 1 else { continue }
      switch note {
      case Self.end:
        close(ended.writing)
        return
      case Self.agentStopped...:
        follow(Int32(note & 0x3f), confined, relay, isAskedFor: isStopAskedFor)
        isStopAskedFor = false
      case SignalNotes.stopByProcess:
        isStopAskedFor = true
        confined.signal(SIGTSTP)
      default:
        confined.signal(Int32(note))
        // SIGINT is the agent's: it may mean to go on.
        guard [SIGTERM, SIGHUP].contains(Int32(note)) else { continue }
        // Who asks twice does not want to wait.
        killTime = isEndAskedFor && Int32(note) == SIGTERM ? .now : killTime ?? .now.advanced(by: RunLimits.endGrace)
        if Int32(note) == SIGTERM { isEndAskedFor = true }
      }
    }
  }

  /// - Parameter isAskedFor: whether a process asked for our stop, who then lets us go on.
  private func follow(_ signal: Int32, _ confined: ConfinedRun, _ relay: TerminalRelay?, isAskedFor: Bool) {
    if let relay, relay.isShared, !relay.isTaken, signal == SIGTTIN || signal == SIGTTOU {
      relay.takeInput()
    } else if let relay {
      // The whole job: whatever else is in it would keep the terminal.
      relay.whilePaused { SignalNotes.suspend(wholeJob: !isAskedFor, isAskedFor: isAskedFor) }
    } else {
      // SIGSTOP no terminal sends to a job: a program stopped itself alone.
      SignalNotes.suspend(wholeJob: signal != SIGSTOP && !isAskedFor, isAskedFor: isAskedFor)
    }
    confined.signal(SIGCONT)
  }
}

extension Duration {
  fileprivate var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
