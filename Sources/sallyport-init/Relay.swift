internal import Confinement
internal import Glibc

/// Stands between the host and the sandbox: owns the network namespace, starts bubblewrap, answers the filter's
/// notifications, passes messages on. Its end is the sandbox's end.
enum Relay {
  /// The host's end of the control channel arrives here.
  private static let hostControl: CInt = 3

  /// - Parameter hasTerminal: whether the user's terminal is at ``HostTerminal/descriptor``.
  static func run(hasTerminal: Bool) -> Int32 {
    Processes.closeDescriptors(from: (hasTerminal ? HostTerminal.descriptor : hostControl) + 1)
    let terminal = hasTerminal ? HostTerminal() : nil
    _ = fcntl(hostControl, F_SETFD, FD_CLOEXEC)
    signal(SIGPIPE, SIG_IGN)
    // Away from the terminal's job, whose signals are for the agent and come through the host.
    setsid()
    let host = ControlChannel(owning: Descriptor(owning: hostControl))
    guard let received = host.receive(), case .launch(let order) = received.message,
      let outbox = try? Outbox(host: host)
    else { return 64 }
    do throws(ConfinementFailure) {
      return try launch(order, descriptors: received.descriptors, outbox, terminal)
    } catch {
      outbox.send(.failed(error))
      return 125
    }
  }

  private static func launch(
    _ order: LaunchOrder, descriptors: [CInt], _ outbox: Outbox, _ terminal: HostTerminal?
  ) throws(ConfinementFailure) -> Int32 {
    guard descriptors.count >= LaunchOrder.Slot.keptCount + LaunchOrder.Slot.fixedCount else {
      throw ConfinementFailure(.program, "take the launch's descriptors", errorNumber: EINVAL)
    }
    let guarded = try readGuard(Descriptor(owning: descriptors[1]))
    try LoopbackNetwork.enter(as: order.inner)
    outbox.send(.engaged(EngagedLayer(.userNamespace, "user \(order.inner.user), group \(order.inner.group)")))
    if let overlay = order.overlay { outbox.send(.engaged(try overlay.engage())) }
    try LoopbackNetwork.routeEverythingHere()
    outbox.send(.engaged(EngagedLayer(.networkNamespace, "loopback only, no route out")))
    // Where that is not possible, connections come without their program; nothing else depends on it.
    try? LoopbackNetwork.keepMarksOfAcceptedConnections()
    let doors = try Doors.open(order, outbox)
    outbox.send(.engaged(EngagedLayer(.capture, "every IPv4 and IPv6 address is answered here")))
    var bubblewrap = try Bubblewrap.start(
      order.bubblewrap, descriptors: Array(descriptors.dropFirst(LaunchOrder.Slot.keptCount)))
    return RelayLoop(
      order, guarded, outbox: outbox, doors: doors, programBook: descriptors[0], terminal: terminal
    ).run(&bubblewrap)
  }

  private static func readGuard(_ file: consuming Descriptor) throws(ConfinementFailure) -> WriteGuard {
    guard let bytes = Descriptor.readAll(file.number, limit: ConfinementLimits.orderBytes),
      let guarded = try? WriteGuard(bytes)
    else { throw ConfinementFailure(.program, "read the guarded places", errorNumber: EINVAL) }
    return guarded
  }
}
