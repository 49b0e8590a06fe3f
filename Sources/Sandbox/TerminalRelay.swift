package import Confinement
internal import Glibc
internal import Synchronization

/// Shows the agent's terminal on the user's: what is typed goes in, what is drawn comes out, the window's size follows.
///
/// The user's terminal is raw meanwhile, and is given back when the agent's closes, on ``stop()``, and on whatever ends
/// this process short of SIGKILL. ``whilePaused(_:)`` gives it back for a question of ours.
package final class TerminalRelay: Sendable {
  private let input: CInt
  private let output: CInt
  private let agent: CInt
  /// Commands for the copying thread, one byte each.
  private let commands: (reading: CInt, writing: CInt)
  private let turn = Turn()
  /// Whether others of our job may use the user's terminal too.
  package let isShared: Bool
  private let taken = Atomic(false)

  private enum Command {
    static let pause = UInt8(ascii: "p")
    static let resume = UInt8(ascii: "r")
    static let stop = UInt8(ascii: "s")
    static let take = UInt8(ascii: "t")
    static let size = UInt8(ascii: "w")
  }

  /// - Parameters:
  ///   - input: the user's terminal, or any other input.
  ///   - output: the user's terminal, or any other output.
  ///   - agent: ``ConfinedRun/terminal``; closed by the relay.
  ///   - isShared: whether others may use the user's terminal too: it is then left alone until ``takeInput()``.
  package init(input: CInt, output: CInt, agent: CInt, isShared: Bool = false) throws(SandboxError) {
    self.isShared = isShared
    self.input = input
    self.output = output
    self.agent = agent
    do throws(ConfinementFailure) {
      commands = try Descriptor.pipe()
    } catch {
      throw Remedy.error(for: error, program: "")
    }
    let flags = fcntl(agent, F_GETFL)
    _ = fcntl(agent, F_SETFL, flags | O_NONBLOCK)
  }

  deinit {
    close(commands.reading)
    close(commands.writing)
  }

  /// The size of the user's terminal; `nil` where the descriptor is none.
  package static func size(of descriptor: CInt) -> TerminalSize? { PseudoTerminal.size(of: descriptor) }

  /// Begins to copy, on a thread of its own.
  package func start() {
    if !isShared { begin() }
    RawTerminal.reportSizeChanges(to: commands.writing)
    followSize()
    if DetachedThread.start({ self.copy() }) != 0 { finish() }
  }

  /// Gives the user's terminal back, runs `body`, and takes it again. The agent waits where it draws or reads.
  /// May be called while another pause lasts.
  package func whilePaused<Result>(_ body: () throws -> Result) rethrows -> Result {
    command(Command.pause)
    turn.waitUntilPausedOrEnded()
    defer { command(Command.resume) }
    return try body()
  }

  /// Begins to read what is typed, where the terminal is shared; the agent is known to want it.
  package func takeInput() {
    taken.store(true, ordering: .relaxed)
    command(Command.take)
  }

  /// Whether ``takeInput()`` was called.
  package var isTaken: Bool { taken.load(ordering: .relaxed) }

  private func begin() { _ = RawTerminal.begin(input, keepsOutput: isShared) }

  /// Ends the copying and gives the user's terminal back. What the agent has drawn until now is shown first.
  package func stop() {
    command(Command.stop)
    turn.waitUntilEnded()
  }

  /// Waits until the agent's terminal has been closed by all that had it open, and everything is shown.
  package func waitUntilClosed() { turn.waitUntilEnded() }

  private func command(_ byte: UInt8) { _ = write(commands.writing, [byte], 1) }

  private func followSize() {
    if let size = PseudoTerminal.size(of: input) { PseudoTerminal.resize(agent, to: size) }
  }

  private func copy() {
    var typed: [UInt8] = []
    var inputIsOpen = true
    var isReading = !isShared
    var pauses = 0
    while true {
      let ready = waitForNext(typed: typed, inputIsOpen: inputIsOpen && isReading, isPaused: pauses > 0)
      if ready.command {
        switch nextCommand() {
        case Command.pause:
          RawTerminal.end()
          pauses += 1
          turn.set(.paused)
        case Command.resume:
          pauses -= 1
          if pauses > 0 { continue }
          turn.set(.running)
          if isReading { begin() }
          followSize()
        case Command.take:
          if !isReading, pauses == 0 { begin() }
          isReading = true
        case Command.stop:
          while show() == .shown {}
          return finish()
        default: followSize()
        }
      }
      if ready.draws, show() == .closed { return finish() }
      if ready.types { inputIsOpen = read(into: &typed) }
      if !typed.isEmpty { type(&typed) }
    }
  }

  private struct Ready {
    var command = false
    var draws = false
    var types = false
  }

  private func waitForNext(typed: [UInt8], inputIsOpen: Bool, isPaused: Bool) -> Ready {
    var watched = [pollfd(fd: commands.reading, events: Int16(POLLIN), revents: 0)]
    if !isPaused {
      let writable = typed.isEmpty ? 0 : Int16(POLLOUT)
      watched.append(pollfd(fd: agent, events: Int16(POLLIN) | writable, revents: 0))
      if inputIsOpen, typed.count < SandboxLimits.terminalInputBytes {
        watched.append(pollfd(fd: input, events: Int16(POLLIN), revents: 0))
      }
    }
    guard poll(&watched, nfds_t(watched.count), -1) > 0 else { return Ready() }
    let readable = Int16(POLLIN) | Int16(POLLHUP) | Int16(POLLERR)
    return Ready(
      command: watched[0].revents != 0,
      draws: watched.count > 1 && watched[1].revents & readable != 0,
      types: watched.count > 2 && watched[2].revents != 0)
  }

  private func nextCommand() -> UInt8 {
    var byte: UInt8 = 0
    return Glibc.read(commands.reading, &byte, 1) == 1 ? byte : 0
  }

  private enum Shown {
    case shown
    case nothing
    case closed
  }

  private func show() -> Shown {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(agent, &chunk, chunk.count)
    // EIO is how Linux says that no process has the terminal open any more.
    if count == 0 || (count < 0 && errno == EIO) { return .closed }
    guard count > 0 else { return .nothing }
    var written = 0
    while written < count {
      let result = chunk.withUnsafeBytes { write(output, $0.baseAddress?.advanced(by: written), count - written) }
      if result < 0, errno == EINTR { continue }
      if result < 0 { break }
      written += result
    }
    return .shown
  }

  /// - Returns: whether there may be more.
  private func read(into typed: inout [UInt8]) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 4_096)
    let count = Glibc.read(input, &chunk, chunk.count)
    if count > 0 {
      typed += chunk[..<count]
      return true
    }
    if count == 0 {
      // The end of a piped input, as a terminal says it.
      typed.append(Self.endOfTransmission)
      return false
    }
    return errno == EINTR || errno == EAGAIN
  }

  private static let endOfTransmission: UInt8 = 4

  private func type(_ typed: inout [UInt8]) {
    let count = write(agent, typed, typed.count)
    if count > 0 { typed.removeFirst(count) }
  }

  private func finish() {
    RawTerminal.reportSizeChanges(to: nil)
    RawTerminal.end()
    close(agent)
    turn.set(.ended)
  }
}

/// Whose turn it is at the user's terminal.
private final class Turn: Sendable {
  enum State: Sendable {
    case running
    case paused
    case ended
  }

  private let state = Mutex((State.running, [@Sendable (State) -> Bool]()))

  func set(_ new: State) {
    state.withLock { state in
      if state.0 != .ended { state.0 = new }
      let now = state.0
      state.1.removeAll { $0(now) }
    }
  }

  func waitUntilPausedOrEnded() { wait { $0 != .running } }
  func waitUntilEnded() { wait { $0 == .ended } }

  private func wait(until isReached: @escaping @Sendable (State) -> Bool) {
    guard let pipe = try? Descriptor.pipe() else { return }
    state.withLock { state in
      if isReached(state.0) {
        close(pipe.writing)
        return
      }
      let writing = pipe.writing
      state.1.append { now in
        guard isReached(now) else { return false }
        close(writing)
        return true
      }
    }
    var byte: UInt8 = 0
    while read(pipe.reading, &byte, 1) < 0, errno == EINTR {}
    close(pipe.reading)
  }
}
