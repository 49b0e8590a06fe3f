internal import Evidence

/// What of one file is inside a message.
struct SourceExcerpt {
  let path: String
  /// Merged, ascending.
  let lines: [ClosedRange<Int>]

  init(_ path: String, _ ranges: some Sequence<SourceRange>) {
    self.path = path
    var merged: [ClosedRange<Int>] = []
    for range in ranges.map({ $0.startLine...max($0.startLine, $0.endLine) }).sorted(by: {
      $0.lowerBound < $1.lowerBound
    }) {
      if let last = merged.last, range.lowerBound <= last.upperBound.addingClamped(1) {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    lines = merged
  }

  /// `12 lines of secrets/key.pem (4-15)`
  var description: String {
    let count = lines.reduce(0) { $0.addingClamped($1.upperBound.subtractingClamped($1.lowerBound).addingClamped(1)) }
    let shown = lines.prefix(PolicyLimits.explainedRanges).map { range in
      range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
    }
    let rest = lines.count > shown.count ? ", …" : ""
    return "\(count) line\(count == 1 ? "" : "s") of \(Self.shown(path)) (\(shown.joined(separator: ", "))\(rest))"
  }

  /// Fit for a terminal, and no longer than its reader wants it: the end of a path says most.
  static func shown(_ path: String) -> String {
    let printable = path.unicodeScalars.map { PolicyReader.isPrintable(String($0)) ? String($0) : "·" }
    guard printable.count > PolicyLimits.shownPathCharacters else { return printable.joined() }
    return "…" + printable.suffix(PolicyLimits.shownPathCharacters).joined()
  }
}

extension Int {
  fileprivate func subtractingClamped(_ other: Int) -> Int {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? .max : difference
  }
}
