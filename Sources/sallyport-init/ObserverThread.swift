internal import Confinement
internal import Glibc

/// The thread that answers the filter's notifications.
final class ObserverThread: Sendable {
  private let listener: CInt
  private let programBook: CInt
  private let writeGuard: WriteGuard
  private let level: ObservationLevel
  private let outbox: Outbox
  private let doors: Doors

  init(
    listener: CInt, programBook: CInt, _ writeGuard: WriteGuard, level: ObservationLevel, outbox: Outbox, doors: Doors
  ) {
    self.writeGuard = writeGuard
    self.level = level
    self.listener = listener
    self.programBook = programBook
    self.outbox = outbox
    self.doors = doors
  }

  func start() {
    // Without it the agent's first exec waits for ever; with the relay, the sandbox ends.
    if DetachedThread.start({ self.serve() }) != 0 { exit(125) }
  }

  private func serve() {
    var observer = Observer(
      listener: NotificationListener(owning: Descriptor(owning: listener)),
      programs: ProgramBookWriter(owning: Descriptor(owning: programBook)),
      writeGuard: writeGuard, level: level,
      report: { [outbox] observation in
        outbox.add(observation)
        // What was read before is known before anything of it can be sent.
        if case .connected = observation { outbox.flush() }
      },
      capture: { [outbox, doors] port in doors.capture(port, outbox) })
    observer.serve()
  }
}
