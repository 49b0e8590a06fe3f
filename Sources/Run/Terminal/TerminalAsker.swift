internal import Dispatch
internal import Enforcement
internal import Evidence
internal import Glibc
internal import Presentation
internal import Sandbox
internal import Synchronization

/// Asks at the user's terminal; where there is none, or nobody answers in time, the answer is silence.
///
/// One question at a time: the next waits until this one is answered.
final class TerminalAsker: Asker {
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

  func ask(_ exchange: Exchange, answer: @escaping @Sendable (Answer) -> Void) {
    queue.async {
      let relay = self.relay.withLock { $0 }
      if let relay {
        answer(relay.whilePaused { self.question(exchange) })
      } else {
        answer(self.question(exchange))
      }
    }
  }

  private func question(_ exchange: Exchange) -> Answer {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else { return .silence }
    defer { close(terminal) }
    tcflush(terminal, TCIFLUSH)
    put(prompt(exchange), on: terminal)
    let line = readLine(from: terminal)
    if line == nil { put("\r\nNobody answered: no.\r\n", on: terminal) }
    return switch line?.lowercased() {
    case nil: .silence
    case "y", "yes": .yes
    default: .no
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

  /// - Returns: `nil` where no line came in time.
  private func readLine(from terminal: CInt) -> String? {
    var poller = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    guard poll(&poller, 1, Int32(clamping: timeout.components.seconds * 1000)) > 0 else { return nil }
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = read(terminal, &buffer, buffer.count)
    guard count > 0 else { return nil }
    return String(decoding: buffer[..<count].prefix { $0 != 0x0a && $0 != 0x0d }, as: UTF8.self)
  }
}
