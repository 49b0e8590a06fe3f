internal import Evidence

/// How much of a message came from the files that one rule covers.
struct SourceAmount {
  /// That went to the host before, with those that this message sends for the first time.
  private(set) var lines: Int
  /// Of the message's bytes, in hundredths of a percent.
  private(set) var share = 0
  private var bytes = 0

  private static let whole = 10_000.0

  /// - Parameter lines: of covered files, that went to the host before.
  init(lines: Int) { self.lines = lines }

  mutating func add(_ range: SourceRange) {
    bytes = bytes.addingClamped(range.bytes)
    if range.isFirstSent { lines = lines.addingClamped(range.lineCount) }
  }

  /// Computes ``share`` from what was added.
  mutating func compare(with attributed: Attributed) {
    let all = attributed.sources.reduce(0) { $0.addingClamped($1.bytes) }
    let part = attributed.share * Double(bytes) / Double(max(all, 1))
    share = part.isFinite ? Int((min(1, max(0, part)) * Self.whole).rounded()) : 0
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
