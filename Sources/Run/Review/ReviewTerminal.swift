internal import Confinement
internal import Glibc
internal import Presentation

/// The person at the terminal after the agent has ended: shown things, asked for one letter at a time.
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

  /// Asks until the answer is another one than a question mark, which is answered with what the letters mean.
  ///
  /// - Returns: the first letter of the answer, in lower case; `.some(nil)` for an empty one, `nil` for silence.
  func ask(_ question: String, _ meanings: [String]) -> Character?? {
    while let letter = ask("\(question), [?]") {
      guard letter == "?" else { return .some(letter) }
      show(meanings.joined(separator: "\n"))
    }
    return nil
  }

  func ask(_ question: String) -> Character?? {
    tcflush(terminal.number, TCIFLUSH)
    put("\(question) ")
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
    guard count > 0 else { return nil }
    let letter = String(decoding: buffer.prefix(count), as: UTF8.self).first { !$0.isWhitespace }
    return .some(letter.flatMap { $0.lowercased().first })
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
