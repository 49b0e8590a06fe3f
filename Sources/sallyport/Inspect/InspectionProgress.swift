internal import FileInspection
internal import Presentation

/// How far it is, on standard error, where somebody looks.
final class InspectionProgress {
  private var line: ProgressLine
  private let count: Int

  init(_ terminal: Terminal, of count: Int) {
    line = ProgressLine(terminal: terminal) { Message.note($0) }
    self.count = count
  }

  func show(_ progress: FileInspector.Progress) {
    let found = progress.findings == 0 ? "" : ", \(progress.findings.grouped) found"
    line.show(
      Line(Piece("\(progress.files.grouped) of \(count.grouped) files, \(ByteCount(progress.bytes))\(found)", .muted)))
  }

  func clear() { line.clear() }
}
