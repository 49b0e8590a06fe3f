internal import Evidence

/// What is said of a run that has ended while it was watched.
package struct WatchFarewell: Sendable {
  private let state: WatchState
  private let end: WatchMessage.End

  package init(_ state: WatchState, _ end: WatchMessage.End) {
    self.state = state
    self.end = end
  }

  private var name: String { state.card?.run.text ?? "the run" }

  /// On one line.
  package var sentence: String {
    if let problem = end.problem { return "\(name): \(problem)" }
    let totals = state.totals
    return "\(name) with exit \(end.exitStatus ?? 0): \(totals.requests.counted("request")),"
      + " \(totals.blocked.grouped) blocked, \(totals.findings.grouped) found,"
      + " \(state.fileCount.counted("file")) and \(totals.lines.counted("line")) left;"
      + (end.isVerified ? " ledger verified" : " ledger not verified")
  }

  /// For the terminal that the screen was on.
  package func lines(columns: Int) -> [Line] {
    let paragraph = Paragraph("ended: \(sentence)", columns: max(20, columns), limit: 6).lines.map { Line(Piece($0)) }
    guard end.problem == nil, end.reportPath != nil else { return paragraph }
    return paragraph + [Line(Piece("All of it: sallyport report \(name)", .muted))]
  }
}
