internal import Confinement
internal import Glibc
internal import Presentation

/// The person's terminal while a run is shown on it: another screen, keys without echo, redrawn a line at a time.
///
/// Given back by ``end()``, and its mode by whatever ends this process short of SIGKILL.
final class WatchTerminal {
  private let input: CInt
  private let output: CInt
  private let style: Style
  private var shown: [String] = []
  private var isOn = false

  init(input: CInt, output: CInt, style: Style) {
    self.input = input
    self.output = output
    self.style = style
  }

  /// Columns and rows; 80 and 24 where the terminal does not say.
  var size: (columns: Int, rows: Int) {
    guard let size = PseudoTerminal.size(of: output), size.columns > 0, size.rows > 0 else { return (80, 24) }
    return (Int(size.columns), Int(size.rows))
  }

  /// The alternate screen, and no cursor (xterm's private modes 1049 and 25).
  func begin() {
    guard !isOn else { return }
    isOn = RawTerminal.begin(input)
    put("\u{1B}[?1049h\u{1B}[?25l")
    shown = []
  }

  func end() {
    guard isOn else { return }
    isOn = false
    put("\u{1B}[?25h\u{1B}[?1049l")
    RawTerminal.end()
  }

  /// After a change of size nothing is where it was.
  func forget() { shown = [] }

  /// Puts these lines in the place of those before; only lines that differ are written, between the marks of a
  /// synchronised update (private mode 2026), which terminals that do not know it pass over.
  func show(_ lines: [Line]) {
    let next = lines.map { $0.rendered(style) }
    guard next != shown else { return }
    var text = "\u{1B}[?2026h"
    if shown.isEmpty { text += "\u{1B}[2J" }
    for row in 0..<max(next.count, shown.count) {
      let line = row < next.count ? next[row] : ""
      guard row >= shown.count || line != shown[row] else { continue }
      text += "\u{1B}[\(row + 1);1H\(line)\u{1B}[K"
    }
    put(text + "\u{1B}[?2026l")
    shown = next
  }

  private func put(_ text: String) { _ = Descriptors.write(Array(text.utf8), to: output) }
}
