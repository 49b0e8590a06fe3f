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
    switch TerminalQuestion(terminal: terminal, elsewhere: note).outcome(of: prompt(exchange)) {
    case .here(let word): asker.settle(question, Answer(word, at: .terminal))
    case .nowhere: asker.giveUp(question)
    case .elsewhere: break
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
}
