internal import Dispatch
internal import Enforcement
internal import Evidence
internal import Sandbox
internal import Synchronization

/// Puts questions to whoever can answer: the person at the run's terminal, and those at `sallyport watch`.
///
/// The first answer counts, and the others see it. A question's time begins when somebody sees it; when it is over, the
/// answer is silence, and so it is at once where there is neither a terminal nor a watcher, but for the first
/// moment of a run, and when the run ends.
final class PersonAsker: Asker {
  let timeout: Duration
  private let terminal: any QuestionPlace
  private let state = Mutex(State())
  private let clock = DispatchQueue(label: "sallyport.ask.time")

  private struct State {
    var asked = 0
    var open: [Int: Open] = [:]
    var settled: [Settled] = []
    var watchers = 0
    var hasEnded = false
    var listener: (@Sendable () -> Void)?
  }

  private struct Open {
    let exchange: Exchange
    let answer: @Sendable (Answer) -> Void
    var deadline: ContinuousClock.Instant?
    var onSettled: [@Sendable (Answer) -> Void] = []
  }

  /// A question that waits for an answer.
  struct Waiting: Sendable {
    /// Counts from 1 within a run.
    let id: Int
    /// As it would go out; its number is 0, since it is not entered yet.
    let exchange: Exchange
    let left: Duration
  }

  /// A question that was answered.
  struct Settled: Sendable {
    let id: Int
    let answer: Answer
  }

  /// Until when somebody who waits for the run may still come to watch it.
  private let arrival: ContinuousClock.Instant

  /// - Parameter arrival: from now, how long questions wait for the first who could answer them.
  init(timeout: Duration, terminal: any QuestionPlace, arrival: Duration = .zero) {
    self.timeout = timeout
    self.terminal = terminal
    self.arrival = .now.advanced(by: arrival)
  }

  /// Of a run that may have a terminal.
  convenience init(_ timeout: Duration) {
    self.init(timeout: timeout, terminal: TerminalPrompt(timeout: timeout), arrival: RunLimits.watcherArrival)
  }

  /// The relay that holds the terminal while the agent runs.
  func use(_ relay: TerminalRelay?) { (terminal as? TerminalPrompt)?.use(relay) }

  func ask(_ exchange: Exchange, answer: @escaping @Sendable (Answer) -> Void) {
    let isAtTerminal = terminal.isThere
    let id: Int? = state.withLock { state in
      let isSomebodyThere = isAtTerminal || state.watchers > 0 || ContinuousClock.now < arrival
      guard !state.hasEnded, isSomebodyThere else { return nil }
      state.asked += 1
      state.open[state.asked] = Open(exchange: exchange, answer: answer)
      return state.asked
    }
    guard let id else { return answer(.silence) }
    // At a terminal the time begins when its turn has come.
    if isAtTerminal {
      terminal.put(id, about: exchange, for: self)
    } else if state.withLock({ $0.watchers > 0 }) {
      begin(id)
    } else {
      clock.asyncAfter(deadline: .now() + .milliseconds(RunLimits.watcherArrivalMilliseconds)) { [weak self] in
        self?.giveUp(id)
      }
    }
    state.withLock(\.listener)?()
  }

  /// Begins the time of a question, at its first showing.
  ///
  /// - Returns: `false` where it has been settled already.
  @discardableResult
  func begin(_ id: Int) -> Bool {
    let deadline = ContinuousClock.now.advanced(by: timeout)
    let (isOpen, begins) = state.withLock { state in
      guard let open = state.open[id] else { return (false, false) }
      guard open.deadline == nil else { return (true, false) }
      state.open[id]?.deadline = deadline
      return (true, true)
    }
    guard begins else { return isOpen }
    clock.asyncAfter(deadline: .now() + .milliseconds(Int(clamping: timeout.components.seconds * 1000))) {
      [weak self] in
      self?.settle(id, .silence)
    }
    return true
  }

  /// Leaves a question that nobody can answer at the terminal to those who watch; silence where nobody does.
  func giveUp(_ id: Int) {
    if state.withLock({ $0.watchers == 0 }) { settle(id, .silence) } else { begin(id) }
  }

  /// Takes the first answer to a question.
  ///
  /// - Returns: `false` for a question that has its answer, or was never asked.
  @discardableResult
  func settle(_ id: Int, _ answer: Answer) -> Bool {
    let taken: (Open, (@Sendable () -> Void)?)? = state.withLock { state in
      guard let open = state.open.removeValue(forKey: id) else { return nil }
      state.settled.append(Settled(id: id, answer: answer))
      if state.settled.count > RunLimits.settledQuestions { state.settled.removeFirst() }
      return (open, state.listener)
    }
    guard let (open, listener) = taken else { return false }
    open.answer(answer)
    for closure in open.onSettled { closure(answer) }
    listener?()
    return true
  }

  /// Calls `body` with the answer as soon as there is one.
  ///
  /// - Returns: `false` where the question has been settled already; `body` is then not called.
  func whenSettled(_ id: Int, _ body: @escaping @Sendable (Answer) -> Void) -> Bool {
    state.withLock { state in
      guard state.open[id] != nil else { return false }
      state.open[id]?.onSettled.append(body)
      return true
    }
  }

  /// Ends it: what is open is answered with silence, and so is what comes later.
  func end() {
    let open = state.withLock { state in
      state.hasEnded = true
      return state.open.keys.sorted()
    }
    for id in open { settle(id, .silence) }
  }
}

// MARK: For those who watch

extension PersonAsker {
  /// - Parameter listener: called on any thread, after a question came or was settled; must not wait.
  func listen(_ listener: (@Sendable () -> Void)?) { state.withLock { $0.listener = listener } }

  /// How many are there to answer besides the terminal.
  func setWatchers(_ count: Int) { state.withLock { $0.watchers = count } }

  /// What waits, oldest first, and the newest answers.
  var questions: (waiting: [Waiting], settled: [Settled]) {
    state.withLock { state in
      let now = ContinuousClock.now
      let waiting = state.open.sorted { $0.key < $1.key }.map { id, open in
        Waiting(
          id: id, exchange: open.exchange, left: open.deadline.map { max(.zero, now.duration(to: $0)) } ?? timeout)
      }
      return (waiting, state.settled)
    }
  }
}
