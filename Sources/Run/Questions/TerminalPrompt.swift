internal import Confinement
internal import Dispatch
internal import Enforcement
internal import Evidence
internal import Glibc
internal import Presentation
internal import Sandbox
internal import Synchronization

/// Asks at the run's own terminal.
///
/// One question at a time: the next waits until this one is answered, wherever that is.
final class TerminalPrompt: QuestionPlace {
  private let timeout: Duration
  private let relay = Mutex<TerminalRelay?>(nil)
  /// Questions wait for people, so they have a thread of their own.
  private let queue = DispatchQueue(label: "sallyport.ask")

  init(timeout: Duration) {
    self.timeout = timeout
  }

  /// The relay that holds the terminal while the agent runs, to be paused for a question.
  func use(_ relay: TerminalRelay?) {
    self.relay.withLock { $0 = relay }
  }

  var isThere: Bool {
    let terminal = Self.terminal
    guard terminal >= 0 else { return false }
    close(terminal)
    return true
  }

  private static var terminal: CInt { open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY) }

  func put(_ question: Int, about exchange: Exchange, for asker: PersonAsker) {
    queue.async {
      guard asker.begin(question) else { return }
      let relay = self.relay.withLock { $0 }
      if let relay {
        relay.whilePaused { self.show(question, exchange, asker) }
      } else {
        self.show(question, exchange, asker)
      }
    }
  }

  private func show(_ question: Int, _ exchange: Exchange, _ asker: PersonAsker) {
    let terminal = Self.terminal
    guard terminal >= 0, let note = try? SettledNote() else { return asker.giveUp(question) }
    defer { close(terminal) }
    guard asker.whenSettled(question, { note.put($0) }) else { return }
    tcflush(terminal, TCIFLUSH)
    put(prompt(exchange), on: terminal)
    switch answered(on: terminal, elsewhere: note) {
    case .here(let line):
      let isYes = ["y", "yes"].contains(line.lowercased())
      asker.settle(question, Answer(isYes ? .yes : .no, at: .terminal))
    case .nowhere: asker.giveUp(question)
    case .elsewhere(let answer): put("\r\n\(answer.sentence)\r\n", on: terminal)
    }
  }

  private enum Outcome {
    case here(String)
    case elsewhere(Answer)
    /// The terminal is gone.
    case nowhere
  }

  private func answered(on terminal: CInt, elsewhere note: SettledNote) -> Outcome {
    while true {
      let ready = Readiness.wait(for: [terminal, note.reading])
      if let answer = note.answer { return .elsewhere(answer) }
      guard ready.contains(terminal) else { continue }
      var buffer = [UInt8](repeating: 0, count: 256)
      let count = read(terminal, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return .nowhere }
      return .here(String(decoding: buffer[..<count].prefix { $0 != 0x0a && $0 != 0x0d }, as: UTF8.self))
    }
  }

  private func prompt(_ exchange: Exchange) -> String {
    let reasons = exchange.decision.reasons.map { "  because \(Sanitised($0.statement).text)\r\n" }.joined()
    return """
      \r\nSallyport asks (rule \(Sanitised("\(exchange.decision.rule)").text)):\r
        \(exchange.agent.id) wants to send \(exchange.requestBytes) bytes to \
      \(Sanitised("\(exchange.destination)").text) \
      (\(exchange.purpose.rawValue))\r
      \(reasons)Allow it? [y/N] (\(timeout.components.seconds) s) 
      """
  }

  private func put(_ text: String, on terminal: CInt) {
    let bytes = Array(text.utf8)
    _ = write(terminal, bytes, bytes.count)
  }
}

/// An answer that was given elsewhere, as something that a poll can wait for.
private final class SettledNote: Sendable {
  let reading: CInt
  private let writing: CInt
  private let given = Mutex<Answer?>(nil)

  init() throws { (reading, writing) = try Descriptor.pipe() }

  deinit { for number in [reading, writing] { close(number) } }

  var answer: Answer? { given.withLock { $0 } }

  func put(_ answer: Answer) {
    given.withLock { $0 = answer }
    _ = write(writing, [1], 1)
  }
}

extension Answer {
  fileprivate var sentence: String {
    word == .silence ? "Nobody answered: no." : "Answered in sallyport watch: \(word.rawValue)."
  }
}
