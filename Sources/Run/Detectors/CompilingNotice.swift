internal import Presentation

/// Says on standard error, where somebody looks, that detectors are being compiled, as long as they are.
final class CompilingNotice {
  private var line: ProgressLine

  init(_ terminal: Terminal) {
    line = ProgressLine(terminal: terminal) { text in _ = Descriptors.write(Array(text.utf8), to: 2) }
  }

  func show() { line.show(Line(Piece("compiling the detectors, once: this takes some seconds", .muted))) }
}
