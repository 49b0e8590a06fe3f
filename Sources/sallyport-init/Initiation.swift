internal import Confinement
internal import Glibc

/// Process 1 of the sandbox: confines the agent, starts it, passes signals to it, reaps, and ends what it leaves behind.
enum Initiation {
  /// - Returns: the agent's exit code; 125 where it could not be confined, 127 where it could not be started.
  static func run() -> Int32 {
    let control = ControlChannel(owning: Descriptor(owning: LaunchOrder.Slot.initControl))
    do throws(ConfinementFailure) {
      return try confineAndRun(control)
    } catch {
      control.send(.failed(error))
      return 125
    }
  }

  private static func confineAndRun(_ control: borrowing ControlChannel) throws(ConfinementFailure) -> Int32 {
    Processes.closeDescriptors(from: STDERR_FILENO + 1, onExec: true)
    Processes.hideFromOthers()
    guard getpid() == 1 else {
      throw ConfinementFailure(.namespaces, "be process 1 of a process namespace", errorNumber: EINVAL)
    }
    control.send(.engaged(EngagedLayer(.namespaces, "mount, process, IPC, host name and cgroup, by bubblewrap")))
    let order = try readOrder()
    control.send(.engaged(try Processes.dropCapabilities()))
    control.send(.engaged(try Processes.joinNewKeyring()))
    // With its parent in the same session and in another group, the agent's group is one that a terminal can stop.
    setsid()
    let streams = try streams(for: order, control)
    let signals = try SignalQueue()

    let ends = try Descriptor.pipe()
    let agent = try Processes.fork()
    if agent == 0 { AgentStart(order: order, streams: streams).run(control, startedSignal: ends.writing) }
    close(ends.writing)
    let startup = Descriptor(owning: ends.reading)
    releaseStreams(streams)

    guard hasStarted(startup) else {
      waitpid(agent, nil, 0)
      return 127
    }
    control.send(.started)
    var watch = AgentWatch(agent: agent, signals: signals)
    let end = watch.untilTheEnd(control)
    control.send(.ended(end))
    return end.exitCode
  }

  private static func readOrder() throws(ConfinementFailure) -> InitOrder {
    let file = Descriptor(owning: LaunchOrder.Slot.initOrder)
    guard let bytes = Descriptor.readAll(file.number, limit: ConfinementLimits.orderBytes) else {
      throw ConfinementFailure(.program, "read the order", errorNumber: EINVAL)
    }
    do throws(MalformedMessage) {
      return try InitOrder(bytes)
    } catch {
      throw ConfinementFailure(.program, "understand the order", errorNumber: EINVAL)
    }
  }

  private static func streams(
    for order: InitOrder, _ control: borrowing ControlChannel
  ) throws(ConfinementFailure) -> AgentStart.Streams {
    let slot = LaunchOrder.Slot.self
    let slots = [slot.standardInput, slot.standardOutput, slot.standardError]
    guard let size = order.terminal else { return AgentStart.Streams(numbers: slots, terminal: nil) }
    let terminal = try PseudoTerminal.open(size: size)
    control.send(.terminal, with: [terminal.host])
    close(terminal.host)
    try PseudoTerminal.takeControl(terminal.inner)
    control.send(.engaged(EngagedLayer(.terminal, "its own, not the caller's")))
    let numbers = zip(slots, order.streams).map { $1 == nil ? terminal.inner : $0 }
    return AgentStart.Streams(numbers: numbers, terminal: terminal.inner)
  }

  /// Lets go of the agent's streams, so that their other ends see when the agent has closed them.
  private static func releaseStreams(_ streams: AgentStart.Streams) {
    let slot = LaunchOrder.Slot.self
    for number in [slot.standardInput, slot.standardOutput, slot.standardError] { close(number) }
    if let number = streams.terminal { close(number) }
  }

  /// The pipe closes when exec has succeeded; a byte comes where anything before it failed.
  private static func hasStarted(_ startup: borrowing Descriptor) -> Bool {
    var byte: UInt8 = 0
    while true {
      let count = read(startup.number, &byte, 1)
      if count < 0, errno == EINTR { continue }
      return count == 0
    }
  }
}
