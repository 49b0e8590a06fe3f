internal import Evidence

/// How much of a message came from the files that one rule covers.
struct SourceAmount {
  /// That went to the host before, with those that this message sends for the first time.
  var lines = 0
  /// Hundredths of a percent of the message's bytes.
  var share = 0

  static let whole = 10_000.0

  /// - Parameter bytes: of the covered files; `allBytes` of every file in the message.
  init(linesBefore: Int, ranges: some Sequence<SourceRange>, of attributed: Attributed) {
    var bytes = 0
    for range in ranges {
      bytes = bytes.addingClamped(range.bytes)
      if range.isFirstSent { lines = lines.addingClamped(range.lineCount) }
    }
    lines = lines.addingClamped(linesBefore)
    let all = attributed.sources.reduce(0) { $0.addingClamped($1.bytes) }
    let part = all > 0 ? Double(bytes) / Double(all) : 0
    let share = attributed.share * part
    if share.isFinite { self.share = Int((min(1, max(0, share)) * Self.whole).rounded()) }
  }

  func holds(in condition: SourceCondition) -> Bool {
    condition.lines?.holds(for: lines) != false && condition.share?.holds(for: share) != false
  }
}

extension Int {
  /// Counts come from others; none of them may trap.
  func addingClamped(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(Swift.max(0, other))
    return overflow ? .max : sum
  }
}
