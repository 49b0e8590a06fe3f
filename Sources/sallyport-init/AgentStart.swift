internal import Confinement
internal import Glibc

/// The child that becomes the agent: the last walls, then exec.
struct AgentStart {
  let order: InitOrder
  let streams: Streams

  struct Streams {
    /// What becomes input, output and error.
    let numbers: [CInt]
    let terminal: CInt?
  }

  /// Never returns. A byte on `startedSignal` says that it failed; why, went over `control`.
  func run(_ control: borrowing ControlChannel, startedSignal: CInt) -> Never {
    var failure: ConfinementFailure
    do throws(ConfinementFailure) {
      try prepare()
      try confine(control)
      try checkDescriptors()
      Processes.resetSignals()
      failure = Processes.replace(
        with: order.program, arguments: order.arguments, environment: order.environment, searching: searchPath)
    } catch {
      failure = error
    }
    control.send(.failed(failure))
    _ = write(startedSignal, [1], 1)
    _exit(127)
  }

  private var searchPath: String {
    let prefix = "PATH="
    let entry = order.environment.first { $0.hasPrefix(prefix) }
    return entry.map { String($0.dropFirst(prefix.count)) } ?? "/usr/local/bin:/usr/bin:/bin"
  }

  private func prepare() throws(ConfinementFailure) {
    setpgid(0, 0)
    // Every signal is blocked still, SIGTTOU too.
    if let terminal = streams.terminal, !order.startsInBackground { tcsetpgrp(terminal, getpid()) }
    for (stream, number) in streams.numbers.enumerated() { dup2(number, CInt(stream)) }
    guard chdir(order.workingDirectory) == 0 else {
      throw ConfinementFailure(.program, "enter \(order.workingDirectory)", errorNumber: errno)
    }
    try Processes.limit(order.limits)
  }

  /// The three streams that the order names, and nothing else that would outlive exec.
  private func checkDescriptors() throws(ConfinementFailure) {
    Processes.closeDescriptors(from: STDERR_FILENO + 1, onExec: true)
    let terminal = streams.terminal.flatMap { StreamIdentity(of: $0) }
    let expected = order.streams.map { $0 ?? terminal }
    let found = [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO].map { StreamIdentity(of: $0) }
    guard found == expected, !found.contains(nil) else {
      throw ConfinementFailure(.program, "give the agent its three streams and no others", errorNumber: EBADF)
    }
  }

  private func confine(_ control: borrowing ControlChannel) throws(ConfinementFailure) {
    control.send(.engaged(try Processes.refuseNewPrivileges()))
    control.send(.engaged(try LandlockDomain.enter(grants: order.grants)))
    let program = order.systemCalls.program
    let listener = try SystemCallFilter.install(program)
    // From here on every exec and connect waits for the relay: it must have the listener before the first of them.
    guard control.send(.listener, with: [listener.number]) else {
      throw ConfinementFailure(.notification, "hand over the listener", errorNumber: EPIPE)
    }
    control.send(.engaged(EngagedLayer(.systemCalls, "\(program.instructions.count) instructions, \(attributes)")))
    control.send(.engaged(EngagedLayer(.notification, "\(order.systemCalls.observation)")))
  }

  private var attributes: String {
    let policy = order.systemCalls
    return (policy.allowsNestedSandboxes ? "nested sandboxes allowed" : "no new namespaces")
      + (policy.allowsDebugging ? ", debugging allowed" : "")
  }
}
