/// Numbers of lines, in words.
enum LineRanges {
  static func text(_ range: ClosedRange<Int>) -> String {
    range.count == 1 ? "line \(range.lowerBound.grouped)" : "lines \(bounds(range))"
  }

  /// As many as are read by anybody; the rest is counted.
  static func text(_ ranges: [ClosedRange<Int>]) -> String {
    if ranges.count == 1 { return text(ranges[0]) }
    return "lines " + ranges.prefix(ReportLimits.ranges).map(bounds).joined(separator: ", ") + more(ranges)
  }

  /// The same, with no range broken over two lines of the page.
  @HTMLBuilder static func html(_ ranges: [ClosedRange<Int>], isNamed: Bool = true) -> HTML {
    if isNamed { ranges.count == 1 && ranges[0].count == 1 ? "line " : "lines " }
    for (position, range) in ranges.prefix(ReportLimits.ranges).enumerated() {
      if position > 0 { ", " }
      element("span", .class("whole")) { bounds(range) }
    }
    more(ranges)
  }

  private static func more(_ ranges: [ClosedRange<Int>]) -> String {
    let more = ranges.count - ReportLimits.ranges
    return more > 0 ? " and \(more.counted("more range"))" : ""
  }

  private static func bounds(_ range: ClosedRange<Int>) -> String {
    let (first, last) = (range.lowerBound.grouped, range.upperBound.grouped)
    return first == last ? first : "\(first)–\(last)"
  }
}
