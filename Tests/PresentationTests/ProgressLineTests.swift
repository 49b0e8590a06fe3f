import Presentation
import Synchronization
import Testing

@Suite("The progress line")
struct ProgressLineTests {
  /// What was written, in order.
  final class Screen: Sendable {
    private let text = Mutex("")
    func write(_ more: String) { text.withLock { $0 += more } }
    var written: String { text.withLock { $0 } }
  }

  @Test("nothing is written where nobody looks")
  func silentInAPipe() {
    let screen = Screen()
    var line = ProgressLine(terminal: .file, write: screen.write)
    line.show("working")
    line.clear()
    #expect(screen.written.isEmpty)
  }

  @Test("a line replaces the one before, the same line is written once, and it is gone at the end")
  func replaces() {
    let screen = Screen()
    do {
      var line = ProgressLine(terminal: Terminal(isInteractive: true), write: screen.write)
      line.show("one")
      line.show("one")
      line.show("two")
    }
    #expect(screen.written == "\r\u{1B}[2Kone\r\u{1B}[2Ktwo\r\u{1B}[2K")
  }

  @Test("a long or hostile text stays on its one line")
  func staysOnOneLine() {
    let screen = Screen()
    var line = ProgressLine(terminal: Terminal(isInteractive: true, columns: 40), write: screen.write)
    line.show(Line(Piece("a\n\u{1B}[9A" + String(repeating: "b", count: 200))))
    #expect(screen.written == "\r\u{1B}[2Ka\\n\\u{1B}[9A" + String(repeating: "b", count: 26) + "…")
    line.clear()
  }
}
