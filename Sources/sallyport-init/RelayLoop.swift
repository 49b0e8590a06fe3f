internal import Confinement
internal import Glibc

/// Passes messages between host and init until bubblewrap has ended.
struct RelayLoop: ~Copyable {
  private let order: LaunchOrder
  private let writeGuard: WriteGuard
  private let outbox: Outbox
  private let doors: Doors
  private let terminal: HostTerminal?
  /// Given away with the first filter's listener.
  private var programBook: CInt?
  private var hostIsThere = true
  private var agentHasEnded = false
  private var hasFailed = false
  private var complaints: [UInt8] = []

  init(
    _ order: LaunchOrder, _ writeGuard: WriteGuard, outbox: Outbox, doors: Doors, programBook: CInt,
    terminal: HostTerminal?
  ) {
    self.order = order
    self.writeGuard = writeGuard
    self.outbox = outbox
    self.doors = doors
    self.terminal = terminal
    self.programBook = programBook
  }

  /// - Returns: the relay's own exit code.
  consuming func run(_ bubblewrap: inout Bubblewrap) -> Int32 {
    var initIsThere = true
    var complaintsAreOpen = true
    while initIsThere || complaintsAreOpen {
      var watched = [outbox.wakeUp]
      if initIsThere { watched.append(bubblewrap.control.descriptor.number) }
      if hostIsThere { watched.append(outbox.hostDescriptor) }
      if complaintsAreOpen { watched.append(bubblewrap.complaints.number) }
      for ready in Readiness.wait(for: watched, milliseconds: outbox.patience) {
        switch ready {
        case outbox.wakeUp: outbox.noteWakeUp()
        case outbox.hostDescriptor: takeOrder(for: bubblewrap)
        case bubblewrap.complaints.number: complaintsAreOpen = takeComplaint(bubblewrap.complaints.number)
        default: initIsThere = takeReport(bubblewrap.control)
        }
      }
      outbox.flushWhenDue()
    }
    let code = bubblewrap.wait()
    outbox.flush()
    if !agentHasEnded, !hasFailed {
      let text = String(decoding: complaints, as: UTF8.self).split(separator: "\n").joined(separator: "; ")
      outbox.send(.failed(ConfinementFailure(.namespaces, "bubblewrap ended with \(code)", detail: text)))
    }
    return code
  }

  private mutating func takeOrder(for bubblewrap: borrowing Bubblewrap) {
    if case .signal(let number)? = outbox.receive()?.message {
      bubblewrap.control.send(.signal(number))
      return
    }
    hostIsThere = false
    outbox.hostIsGone()
    bubblewrap.end()
    terminal?.giveBack()
    let farewell = "sallyport: the proxy has ended, and the sandbox with it\r\n"
    // Nobody may read there any more: a full pipe must not keep us.
    var errors = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    if poll(&errors, 1, 0) == 1, errors.revents & Int16(POLLOUT) != 0 {
      _ = write(STDERR_FILENO, farewell, farewell.utf8.count)
    }
  }

  private mutating func takeComplaint(_ descriptor: CInt) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1_024)
    let count = read(descriptor, &chunk, chunk.count)
    guard count > 0 else { return false }
    complaints += chunk.prefix(min(count, ConfinementLimits.failureDetailBytes - complaints.count))
    return true
  }

  private mutating func takeReport(_ control: borrowing ControlChannel) -> Bool {
    guard let received = control.receive() else { return false }
    switch received.message {
    case .listener:
      if let number = received.descriptors.first { observe(number) }
    case .ended:
      agentHasEnded = true
      outbox.flush()
      if let count = RefusedDatagrams.count { outbox.send(.datagramsRefused(count)) }
      outbox.send(received.message)
    case .engaged, .started, .stopped, .terminal: outbox.send(received.message, with: received.descriptors)
    case .failed:
      hasFailed = true
      outbox.send(received.message)
    case .launch, .signal, .network, .captured, .observed, .portsExhausted, .datagramsRefused: break
    }
    if case .listener = received.message { return true }
    for number in received.descriptors { close(number) }
    return true
  }

  private mutating func observe(_ listener: CInt) {
    // Init sends one, as its first message; another would not be its own.
    guard let programBook else { return _ = close(listener) }
    self.programBook = nil
    ObserverThread(
      listener: listener, programBook: programBook, writeGuard, level: order.observation, outbox: outbox, doors: doors
    ).start()
  }
}
