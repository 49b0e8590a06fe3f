/// One line at the bottom of a terminal that says what is going on, and is gone when it is over.
///
/// Where nobody looks it writes nothing at all. It owns the line it stands on: whoever writes to the same terminal
/// calls ``clear()`` before.
package struct ProgressLine: ~Copyable {
  private let terminal: Terminal
  private let write: (String) -> Void
  private var shown: String?

  /// - Parameter write: sends text to standard error at once, unbuffered.
  package init(terminal: Terminal, write: @escaping (String) -> Void) {
    self.terminal = terminal
    self.write = write
  }

  /// Puts this line in place of the one before; the same line again costs nothing.
  package mutating func show(_ line: Line) {
    guard terminal.isInteractive else { return }
    // One column stays free: a full last column makes some terminals wrap.
    let text = line.cut(to: terminal.columns - 1).rendered(terminal.style)
    guard text != shown else { return }
    write("\r\u{1B}[2K" + text)
    shown = text
  }

  package mutating func clear() {
    guard shown != nil else { return }
    write("\r\u{1B}[2K")
    shown = nil
  }

  deinit {
    if shown != nil { write("\r\u{1B}[2K") }
  }
}
