/// Numbers of lines, in words.
enum LineRanges {
  static func text(_ range: ClosedRange<Int>) -> String {
    range.count == 1 ? "line \(range.lowerBound.grouped)" : "lines \(bounds(range))"
  }

  /// As many as are read by anybody; the rest is counted.
  static func text(_ ranges: [ClosedRange<Int>]) -> String {
    if ranges.count == 1 { return text(ranges[0]) }
    let shown = ranges.prefix(ReportLimits.ranges).map(bounds).joined(separator: ", ")
    let more = ranges.count - ReportLimits.ranges
    return "lines \(shown)" + (more > 0 ? " and \(more.counted("more range"))" : "")
  }

  private static func bounds(_ range: ClosedRange<Int>) -> String {
    let (first, last) = (range.lowerBound.grouped, range.upperBound.grouped)
    return first == last ? first : "\(first)–\(last)"
  }
}
