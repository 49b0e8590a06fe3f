internal import Confinement
internal import Glibc
internal import Synchronization

/// The conversation with one relay, on a thread of its own.
final class SandboxSession: Sendable {
  private let relay: RelayProcess
  private let channel: ControlChannel
  private let program: String
  private let events: @Sendable (ConfinedEvent) -> Void
  private let state = Mutex(State())

  typealias LaunchOutcome = Result<LaunchParts, SandboxError>
  typealias EndOutcome = Result<AgentEnd, SandboxError>

  private struct State {
    /// Whom to tell about the launch; `nil` when that has been done.
    var launched: (@Sendable (LaunchOutcome) -> Void)?
    var end: EndOutcome?
    var waiting: [@Sendable (EndOutcome) -> Void] = []
    var isReaped = false
  }

  init(relay: RelayProcess, program: String, events: @escaping @Sendable (ConfinedEvent) -> Void) {
    self.relay = relay
    self.channel = ControlChannel(owning: Descriptor(owning: relay.control))
    self.program = program
    self.events = events
  }

  @discardableResult
  func send(_ message: ControlMessage, with descriptors: [CInt] = []) -> Bool {
    channel.send(message, with: descriptors)
  }

  func signal(_ number: Int32) { send(.signal(number)) }

  func terminate() {
    state.withLock { state in
      if !state.isReaped { kill(relay.process, SIGKILL) }
    }
  }

  func whenEnded(_ body: @escaping @Sendable (EndOutcome) -> Void) {
    let end = state.withLock { state in
      if state.end == nil { state.waiting.append(body) }
      return state.end
    }
    if let end { body(end) }
  }

  /// Reads until the relay has ended.
  ///
  /// - Parameter launched: called once, when the agent runs or will not.
  func run(launched: @escaping @Sendable (LaunchOutcome) -> Void) {
    state.withLock { $0.launched = launched }
    let result = DetachedThread.start { self.converse() }
    if result != 0 { finish(failing: ConfinementFailure(.kernel, "start a thread", errorNumber: result)) }
  }

  private func converse() {
    guard let parts = converseUntilStarted() else { return }
    tellLaunched(.success(parts))
    var end: AgentEnd?
    while let received = channel.receive() {
      switch received.message {
      case .captured(let port):
        if let capture = Self.capture(port, received.descriptors) { events(.captured(capture)) }
      case .observed(let observations): events(.observed(observations))
      case .portsExhausted: events(.portsExhausted)
      case .datagramsRefused(let count): events(.datagramsRefused(count))
      case .stopped(let signal): events(.stopped(by: signal))
      case .ended(let agentEnd): end = agentEnd
      default: for number in received.descriptors { close(number) }
      }
    }
    reap()
    tellEnded(
      end.map { .success($0) }
        ?? .failure(
          SandboxError(
            .endedUnexpectedly, place: "sallyport-init", "The sandbox was ended from outside.",
            remedy: "Look for what sent it a signal, or for the kernel's out-of-memory report (`dmesg`).")))
  }

  private func converseUntilStarted() -> LaunchParts? {
    var parts = LaunchParts()
    var early: [ConfinedEvent] = []
    let deadline = time(nil) + time_t(SandboxLimits.launchSeconds)
    while true {
      let left = deadline - time(nil)
      guard left > 0, !Readiness.wait(for: [relay.control], milliseconds: Int32(left) * 1000).isEmpty else {
        fail(ConfinementFailure(.program, "start within \(SandboxLimits.launchSeconds) seconds"), parts)
        return nil
      }
      guard let received = channel.receive() else {
        fail(ConfinementFailure(.namespaces, "sallyport-init ended before the agent was started"), parts)
        return nil
      }
      switch received.message {
      case .network where received.descriptors.count == 5:
        let all = received.descriptors
        parts.proxyListener = all[0]
        parts.resolver = ResolverSockets(
          datagramsIPv4: all[1], datagramsIPv6: all[2], listenerIPv4: all[3], listenerIPv6: all[4])
      case .captured(let port):
        if let capture = Self.capture(port, received.descriptors) { parts.captureListeners.append(capture) }
      case .terminal: parts.terminal = received.descriptors.first
      case .engaged(let layer): parts.attestation.append(layer)
      case .observed(let observations): early.append(.observed(observations))
      case .failed(let failure):
        fail(failure, parts)
        return nil
      case .started:
        for event in early { events(event) }
        return parts
      default: for number in received.descriptors { close(number) }
      }
    }
  }

  private static func capture(_ port: UInt16, _ descriptors: [CInt]) -> CapturePort? {
    guard descriptors.count == 2 else {
      for number in descriptors { close(number) }
      return nil
    }
    return CapturePort(port: port, listenerIPv4: descriptors[0], listenerIPv6: descriptors[1])
  }

  private func fail(_ failure: ConfinementFailure, _ parts: LaunchParts) {
    for number in parts.descriptors { close(number) }
    kill(relay.process, SIGKILL)
    reap()
    finish(failing: failure)
  }

  private func finish(failing failure: ConfinementFailure) {
    let error = Remedy.error(for: failure, program: program)
    tellLaunched(.failure(error))
    tellEnded(.failure(error))
  }

  private func reap() {
    // Waits without reaping first: until the flag is set under the lock, the number must stay the relay's.
    var information = siginfo_t()
    while waitid(P_PID, id_t(relay.process), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    state.withLock { state in
      waitpid(relay.process, nil, 0)
      state.isReaped = true
    }
  }

  private func tellLaunched(_ outcome: LaunchOutcome) {
    let body = state.withLock { state in
      defer { state.launched = nil }
      return state.launched
    }
    body?(outcome)
  }

  private func tellEnded(_ outcome: EndOutcome) {
    let waiting = state.withLock { state in
      state.end = outcome
      defer { state.waiting = [] }
      return state.waiting
    }
    for body in waiting { body(outcome) }
  }
}
