internal import Evidence

/// A file from its first line to its last, or to the last that left where no more is known of it, as a strip: filled where lines went out whole, half as high where
/// in part, and beneath it a thin line where they went out again.
struct LineStrip {
  /// Up to here.
  private let lastLine: Int
  let name: String
  private let style: String
  private var columns: [Column]

  private struct Column: Equatable {
    var isWhole = false
    var isPart = false
    var isRepeated = false
  }

  /// Columns of the strip; a file with fewer lines has one for each.
  private static let mostColumns = 400
  private static let height = 14.0
  private static let repeatedHeight = 3.0

  /// - Parameter fileLines: lines that the file has, where that is known.
  init(_ path: String, _ receiver: RunReport.LeftFile.Receiver, sent: [SourceRange], fileLines: Int?) {
    let lastSent = max(1, receiver.ranges.map(\.upperBound).max() ?? 1, sent.map(\.endLine).max() ?? 1)
    lastLine = max(lastSent, fileLines ?? 1)
    style = receiver.purpose.mark.style
    let all = fileLines.map { " of \($0.grouped)" } ?? ""
    name = "\(LineRanges.text(receiver.ranges))\(all) of \(path) went to \(receiver.destination.shortText)"
    columns = Array(repeating: Column(), count: min(lastLine, Self.mostColumns))
    let parts = Self.parts(sent)
    for range in receiver.ranges { mark(range) { $0.isWhole = true } }
    for line in parts {
      let index = column(of: line)
      // A column of many lines is in part only where all that left of it is.
      if lastLine <= Self.mostColumns { columns[index].isWhole = false }
      columns[index].isPart = true
    }
    for source in sent where !source.isFirstSent { mark(source.startLine...source.endLine) { $0.isRepeated = true } }
  }

  /// Lines of which only a part ever left.
  private static func parts(_ sent: [SourceRange]) -> Set<Int> {
    // A conversation repeats the same ranges again and again; more than these differ in no run.
    let ranges = Set(sent.map { Extent($0) }).prefix(ReportLimits.rangesOfStrip)
    var parts = Set<Int>()
    for source in ranges {
      if source.startColumn != nil { parts.insert(source.startLine) }
      if source.endColumn != nil { parts.insert(source.endLine) }
    }
    return parts.filter { line in
      !ranges.contains { range in
        let isAfterStart = line > range.startLine || (line == range.startLine && range.startColumn == nil)
        let isBeforeEnd = line < range.endLine || (line == range.endLine && range.endColumn == nil)
        return isAfterStart && isBeforeEnd
      }
    }
  }

  /// Where a source begins and ends, whichever message it was in.
  private struct Extent: Hashable {
    let startLine: Int
    let endLine: Int
    let startColumn: Int?
    let endColumn: Int?

    init(_ source: SourceRange) {
      (startLine, endLine) = (source.startLine, source.endLine)
      (startColumn, endColumn) = (source.startColumn, source.endColumn)
    }
  }

  private func column(of line: Int) -> Int {
    // In floating point, since the product of a hostile line and the columns would overflow.
    min(columns.count - 1, max(0, Int(Double(line - 1) / Double(lastLine) * Double(columns.count))))
  }

  private mutating func mark(_ range: ClosedRange<Int>, _ change: (inout Column) -> Void) {
    for index in column(of: range.lowerBound)...column(of: range.upperBound) { change(&columns[index]) }
  }

  var html: HTML {
    element(
      "svg", .class("strip \(style)"), Attribute("role", "img"), Attribute("aria-label", name),
      Attribute("viewBox", "0 0 \(columns.count) \(SVGNumber(Self.height + Self.repeatedHeight + 1))"),
      Attribute("preserveAspectRatio", "none")
    ) {
      rectangle("track", 0, columns.count, y: 0, height: Self.height)
      for (range, column) in runs {
        if column.isWhole {
          rectangle("whole", range.lowerBound, range.count, y: 0, height: Self.height)
        } else if column.isPart {
          rectangle("part", range.lowerBound, range.count, y: Self.height / 2, height: Self.height / 2)
        }
        if column.isRepeated {
          rectangle("again", range.lowerBound, range.count, y: Self.height + 1, height: Self.repeatedHeight)
        }
      }
    }
  }

  /// Neighbours that look the same.
  private var runs: [(Range<Int>, Column)] {
    var runs: [(Range<Int>, Column)] = []
    for (index, column) in columns.enumerated() {
      if let last = runs.last, last.1 == column {
        runs[runs.count - 1].0 = last.0.lowerBound..<(index + 1)
      } else {
        runs.append((index..<(index + 1), column))
      }
    }
    return runs
  }

  private func rectangle(_ style: String, _ x: Int, _ width: Int, y: Double, height: Double) -> HTML {
    element(
      "rect", .class(style), Attribute("x", x), Attribute("y", y), Attribute("width", width),
      Attribute("height", height))
  }
}
