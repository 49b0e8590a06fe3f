internal import Confinement
internal import Glibc
internal import Presentation

/// The person at the terminal after the agent has ended: shown things, and asked.
struct ReviewTerminal: ~Copyable {
  private let terminal: Descriptor
  private let patience: Duration
  private let interruption: CInt

  /// - Parameters:
  ///   - patience: for each question; silence ends the review.
  ///   - interruption: a descriptor that can be read when nobody is there any more.
  /// - Returns: `nil` where there is no terminal, or another job has it.
  init?(patience: Duration, interruption: CInt) {
    let terminal = Descriptor(owning: open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY))
    guard terminal.number >= 0, tcgetpgrp(terminal.number) == getpgrp() else { return nil }
    self.terminal = terminal
    self.patience = patience
    self.interruption = interruption
  }

  /// Shows lines that somebody else wrote, safely.
  func show(_ text: String, limit: Int = .max) {
    // By scalars: a carriage return and a line feed are one character.
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast(text.utf8.last == UInt8(ascii: "\n") ? 1 : 0)
    for line in lines.prefix(limit) { put(Sanitised(String(line)).text + "\n") }
    if lines.count > limit { put("… \(lines.count - limit) more lines; d shows them.\n") }
  }

  /// Asks until one of the answers is given, and says what they mean where that is asked.
  ///
  /// - Returns: its letter; `nil` where nobody answers any more.
  func ask(_ question: ReviewQuestion) -> Character? {
    while let line = line(after: question.prompt) {
      switch question.reading(of: line) {
      case .letter(let letter): return letter
      case .help: show(question.meanings)
      case .other: show(question.refusal)
      }
    }
    return nil
  }

  private func line(after prompt: String) -> String? {
    tcflush(terminal.number, TCIFLUSH)
    put(prompt)
    switch wait() {
    case .answered: break
    case .interrupted:
      put("\nInterrupted, which counts as no answer.\n")
      return nil
    case .silent:
      put("\nNobody answered.\n")
      return nil
    }
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = read(terminal.number, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
  }

  private enum Answer { case answered, interrupted, silent }

  private func wait() -> Answer {
    let deadline = ContinuousClock.now.advanced(by: patience)
    while case let left = deadline - .now, left > .zero {
      let milliseconds = Int32(clamping: left.components.seconds &* 1000 &+ 1)
      let ready = Readiness.wait(for: [terminal.number, interruption], milliseconds: milliseconds)
      if ready.contains(interruption) { return .interrupted }
      if !ready.isEmpty { return .answered }
    }
    return .silent
  }

  private func put(_ text: String) { _ = Descriptors.write(Array(text.utf8), to: terminal.number) }
}
