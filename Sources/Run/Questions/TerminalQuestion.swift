internal import Confinement
internal import Enforcement
internal import Glibc

/// A question on a terminal while the agent waits: yes, no, or once more where what was typed is neither.
struct TerminalQuestion {
  private let terminal: CInt
  private let note: SettledNote

  /// - Parameters:
  ///   - terminal: for reading and writing; stays the caller's.
  ///   - note: of an answer that is given elsewhere meanwhile.
  init(terminal: CInt, elsewhere note: SettledNote) {
    self.terminal = terminal
    self.note = note
  }

  enum Outcome: Hashable {
    case here(Answer.Word)
    case elsewhere(Answer)
    /// The terminal is gone.
    case nowhere
  }

  private static let question = ReviewQuestion(
    "Allow it?", [.init("y", "yes", means: "let it go on"), .init("n", "no", means: "block it")], standard: "n")

  /// Asks until there is an answer, and no more often than ``RunLimits/repeatedQuestions`` again. The end of input is no.
  func outcome(of prompt: String) -> Outcome {
    var prompt = prompt
    for _ in 0...RunLimits.repeatedQuestions {
      // What was typed before the question is no answer to it.
      tcflush(terminal, TCIFLUSH)
      put(prompt)
      switch line() {
      case .typed(let line):
        if case .letter(let letter) = Self.question.reading(of: line) { return .here(letter == "y" ? .yes : .no) }
      case .ended: return .here(.no)
      case .settled(let answer):
        put("\r\n\(answer.sentence)\r\n")
        return .elsewhere(answer)
      case .gone: return .nowhere
      }
      prompt = "Please answer y or n: "
    }
    put("That is neither, which counts as no.\r\n")
    return .here(.no)
  }

  private enum Line {
    case typed(String)
    case ended
    case settled(Answer)
    case gone
  }

  private func line() -> Line {
    while true {
      let ready = Readiness.wait(for: [terminal, note.reading])
      if let answer = note.answer { return .settled(answer) }
      guard ready.contains(terminal) else { continue }
      var buffer = [UInt8](repeating: 0, count: 256)
      let count = read(terminal, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count > 0 { return .typed(String(decoding: buffer[..<count], as: UTF8.self)) }
      return count == 0 && !isHungUp ? .ended : .gone
    }
  }

  /// A terminal that nobody sits at any more reads like one whose person typed the end of input.
  private var isHungUp: Bool {
    var watched = pollfd(fd: terminal, events: 0, revents: 0)
    return poll(&watched, 1, 0) != 0
  }

  private func put(_ text: String) { _ = Descriptors.write(Array(text.utf8), to: terminal) }
}

extension Answer {
  fileprivate var sentence: String {
    word == .silence ? "Nobody answered: no." : "Answered in sallyport watch: \(word.rawValue)."
  }
}
