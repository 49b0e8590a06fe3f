internal import Confinement
internal import Glibc

/// The life of the agent as process 1 sees it.
struct AgentWatch: ~Copyable {
  private let agent: Int32
  private let signals: SignalQueue
  private var status: Int32?
  /// What stopped it; `nil` while it runs.
  private var stoppedBy: Int32?

  init(agent: Int32, signals: consuming SignalQueue) {
    self.agent = agent
    self.signals = signals
  }

  /// Returns when neither the agent nor anything that it started is alive any more.
  mutating func untilTheEnd(_ control: borrowing ControlChannel) -> AgentEnd {
    let channel = control.descriptor.number
    while status == nil {
      let ready = Readiness.wait(for: [signals.descriptor.number, channel])
      if ready.contains(signals.descriptor.number) { takeSignals(control) }
      if ready.contains(channel) {
        guard case .signal(let number)? = control.receive()?.message else {
          // Without the relay there is nobody to answer the filter's questions.
          kill(agent, SIGKILL)
          reap(blocking: true, control)
          continue
        }
        pass(number)
      }
    }
    let survivors = endSurvivors()
    let status = status ?? 0
    let signal = status & 0x7f
    return AgentEnd(
      code: signal == 0 ? status >> 8 & 0xff : nil, signal: signal == 0 ? nil : signal, survivors: survivors)
  }

  private mutating func takeSignals(_ control: borrowing ControlChannel) {
    while let number = signals.next() {
      switch number {
      case SIGCHLD: reap(blocking: false, control)
      case SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH, SIGCONT, SIGTSTP: pass(number)
      default: continue
      }
    }
  }

  /// What a terminal sends to all of a job goes to all of it; the rest to the agent alone.
  private func pass(_ number: Int32) {
    if number == SIGCONT, stoppedBy == SIGTTIN || stoppedBy == SIGTTOU { giveTerminal() }
    switch number {
    case SIGINT, SIGQUIT, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT: kill(-agent, number)
    case 1...64: kill(agent, number)
    default: return
    }
    // A stopped agent would answer these only when somebody lets it go on, and who sends them means its end.
    if stoppedBy != nil, [SIGTERM, SIGHUP].contains(number) { kill(-agent, SIGCONT) }
  }

  /// What was stopped because it used its terminal from the background goes on in the foreground.
  private func giveTerminal() {
    let terminal = Descriptor(owning: open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC))
    if terminal.number >= 0 { tcsetpgrp(terminal.number, agent) }
  }

  private mutating func reap(blocking: Bool, _ control: borrowing ControlChannel) {
    var childStatus: Int32 = 0
    while true {
      let patience = blocking && status == nil ? 0 : WNOHANG
      let child = waitpid(-1, &childStatus, patience | WUNTRACED | Self.continued)
      if child < 0, errno == EINTR { continue }
      guard child > 0 else { return }
      guard child == agent else { continue }
      // As wait(2) packs them: WIFCONTINUED, WIFSTOPPED, else the end.
      if childStatus == 0xffff {
        stoppedBy = nil
      } else if childStatus & 0xff == 0x7f {
        let signal = childStatus >> 8 & 0xff
        stoppedBy = signal
        control.send(.stopped(signal))
      } else {
        status = childStatus
      }
    }
  }

  /// `WCONTINUED` of linux/wait.h.
  private static let continued: Int32 = 8

  /// - Returns: how many processes were still alive.
  private func endSurvivors() -> Int32 {
    var count: Int32 = 0
    // Those that have already ended are nobody's survivors.
    while waitpid(-1, nil, WNOHANG) > 0 {}
    kill(-1, SIGTERM)
    // What was stopped ends when it goes on.
    kill(-1, SIGCONT)
    let deadline = Self.milliseconds + ConfinementLimits.survivorGraceMilliseconds
    while true {
      let child = waitpid(-1, nil, WNOHANG)
      if child > 0 {
        count += 1
        continue
      }
      if child < 0, errno == ECHILD { return count }
      let left = deadline - Self.milliseconds
      guard left > 0 else { break }
      _ = Readiness.wait(for: [signals.descriptor.number], milliseconds: Int32(left))
      while signals.next() != nil {}
    }
    kill(-1, SIGKILL)
    while waitpid(-1, nil, 0) > 0 { count += 1 }
    return count
  }

  private static var milliseconds: Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
  }
}
