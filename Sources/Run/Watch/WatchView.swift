internal import Confinement
internal import Evidence
internal import Glibc
internal import Presentation

/// What a person or a program sees of one run: a screen, lines, or the run's own words.
final class WatchView {
  private let options: WatchSession.Options
  private let clock: WallClock
  private let style: Style
  private let screen: WatchTerminal?
  private var state = WatchState()
  private var log = WatchLog()
  /// Since when each question has been on the screen.
  private var shownSince: [Int: Timestamp] = [:]
  private var drawn = Timestamp(millisecondsSinceEpoch: 0)
  private var isDirty = true
  private var readsInput: Bool
  private var hasLeft = false

  init(_ options: WatchSession.Options, _ clock: WallClock) {
    self.options = options
    self.clock = clock
    let terminal = Terminal(fileDescriptor: 1, environment: ProcessEnvironment.current, colour: options.colour)
    style = terminal.style
    let isScreen =
      !options.printsJSON && !options.leavesWhenCurrent && isatty(0) == 1 && isatty(1) == 1
      && ProcessEnvironment.current["TERM"] != "dumb"
    screen = isScreen ? WatchTerminal(input: 0, output: 1, style: terminal.style) : nil
    // What is typed at a terminal is no answer of a program's.
    readsInput = isScreen || (options.printsJSON && isatty(0) == 0)
  }

  var isScreen: Bool { screen != nil }

  func end() { screen?.end() }

  /// Shows what the run says until it ends or the person leaves.
  ///
  /// - Throws: ``RunError`` with `.broken` where the run went away without saying that it ends.
  func follow(_ connection: WatchConnection, notes: CInt) throws(RunError) {
    screen?.begin()
    while !hasLeft {
      draw()
      let ready = wait(connection, notes)
      if ready.contains(notes) { heed(notes) }
      if ready.contains(0), !hasLeft { read(connection) }
      if connection.hasOutput { connection.flush() }
      guard ready.contains(connection.socket), !hasLeft else { continue }
      let received = try connection.receive()
      for line in received.lines where !hasLeft { try take(line) }
      if received.isOver, !hasLeft {
        end()
        throw RunError(
          .broken, at: state.card?.run.text ?? "watch", "is gone without a word: it was killed.",
          remedy: "See: sallyport runs")
      }
    }
    end()
    if let end = state.end, isScreen {
      put(WatchFarewell(state, end).lines(columns: screen?.size.columns ?? 80).rendered(style))
    }
  }

  private func wait(_ connection: WatchConnection, _ notes: CInt) -> Set<CInt> {
    var watched = [
      pollfd(fd: connection.socket, events: Int16(POLLIN) | (connection.hasOutput ? Int16(POLLOUT) : 0), revents: 0),
      pollfd(fd: notes, events: Int16(POLLIN), revents: 0),
    ]
    if readsInput { watched.append(pollfd(fd: 0, events: Int16(POLLIN), revents: 0)) }
    let time = screen == nil ? -1 : isDirty ? RunLimits.screenInterval : RunLimits.screenClock
    guard poll(&watched, nfds_t(watched.count), time) > 0 else { return [] }
    return Set(watched.filter { $0.revents != 0 }.map(\.fd))
  }

  // MARK: What the run says

  private func take(_ line: [UInt8]) throws(RunError) {
    let message: WatchMessage
    do {
      message = try WatchMessage(json: try JSONParser.parse(line))
    } catch {
      throw RunError(.broken, at: "watch", "cannot understand what the run says: \(error)")
    }
    let now = clock.now()
    state.fold(message, at: now)
    isDirty = true
    if options.printsJSON {
      put(line)
    } else if screen == nil, !options.leavesWhenCurrent, let text = log.line(message, state, at: now) {
      put([text].rendered(style))
    }
    switch message {
    case .ended: hasLeft = true
    case .current where options.leavesWhenCurrent: leaveWhenCurrent()
    default: break
    }
  }

  private func leaveWhenCurrent() {
    hasLeft = true
    guard !options.printsJSON else { return }
    let terminal = Terminal(fileDescriptor: 1, environment: ProcessEnvironment.current, colour: options.colour)
    let rows = PresentationLimits.summaryLines
    var lines = WatchScreen(state, columns: terminal.columns, rows: rows, now: clock.now()).lines
    // The last line is about keys, which nobody can press here.
    lines.removeLast()
    put(lines.rendered(style))
  }

  // MARK: What the person says

  private func heed(_ notes: CInt) {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = Glibc.read(notes, &bytes, bytes.count)
    for byte in bytes.prefix(max(0, count)) {
      if byte == UInt8(ascii: "w") {
        screen?.forget()
        isDirty = true
      } else {
        hasLeft = true
      }
    }
  }

  private func read(_ connection: WatchConnection) {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(0, &bytes, bytes.count)
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    guard count > 0 else {
      readsInput = false
      // A terminal that is gone has nobody before it.
      if isScreen { hasLeft = true }
      return
    }
    guard isScreen else { return connection.say(Array(bytes[..<count])) }
    // An escape sequence is one key, an arrow say, and none of ours.
    guard bytes[0] != 0x1b else { return }
    for key in bytes[..<count] {
      let now = clock.now()
      switch state.press(key, at: now, shownSince: shownSince) {
      case .answer(let question, let isYes): connection.answer(question, isYes: isYes)
      case .leave: hasLeft = true
      case .suspend: suspend()
      case nil: break
      }
      isDirty = true
    }
  }

  private func suspend() {
    screen?.end()
    SignalNotes.suspend(wholeJob: true, isAskedFor: false)
    screen?.begin()
  }

  // MARK: The screen

  private func draw() {
    guard let screen else { return }
    let now = clock.now()
    let age = now.millisecondsSinceEpoch - drawn.millisecondsSinceEpoch
    // The clock ticks, and what comes in a flood is drawn a few times a second.
    let isDue = isDirty ? age >= Int64(RunLimits.screenInterval) : age >= Int64(RunLimits.screenClock)
    guard isDue || age < 0 else { return }
    let size = screen.size
    let frame = WatchScreen(state, columns: size.columns, rows: size.rows, now: now)
    screen.show(frame.lines)
    if let question = frame.shownQuestion, shownSince[question] == nil { shownSince[question] = now }
    drawn = now
    isDirty = false
  }

  private func put(_ text: String) { _ = Descriptors.write(Array(text.utf8), to: 1) }

  private func put(_ line: [UInt8]) { _ = Descriptors.write(line + [UInt8(ascii: "\n")], to: 1) }
}
