internal import Evidence

/// The lines of files that were in one message: what was new one by one, and what was only sent again in one breath,
/// since a conversation carries all of it each time.
struct SourceList {
  let new: [SourceRange]
  let repeated: [SourceRange]

  init(_ sources: [SourceRange]) {
    new = sources.filter(\.isFirstSent)
    repeated = sources.filter { !$0.isFirstSent }
  }

  /// `3 files, 120 lines`, those that were sent again among them.
  var amount: String {
    let files = Dictionary(grouping: new + repeated) { FileVersion(path: $0.path, version: $0.version) }
    let paths = Set(files.keys.map(\.path))
    return "\(paths.count.counted("file")), \(files.values.saturatingSum(Self.lines).counted("line"))"
  }

  private struct FileVersion: Hashable {
    let path: String
    let version: Int
  }

  /// A line of which several parts are there is one.
  private static func lines(_ sources: [SourceRange]) -> Int {
    var (count, last) = (0, 0)
    for source in sources.sorted(by: { $0.startLine < $1.startLine }) where source.endLine > last {
      count = count.saturatingSum(source.endLine - max(last, source.startLine - 1))
      last = source.endLine
    }
    return count
  }

  @HTMLBuilder var html: HTML {
    element("ul") {
      for source in new.prefix(ReportLimits.detailsOfExchange) { element("li") { text(source) } }
      if new.count > ReportLimits.detailsOfExchange {
        element("li") { "and \((new.count - ReportLimits.detailsOfExchange).grouped) more, in report.json" }
      }
      if !repeated.isEmpty {
        element("li", .class("again")) {
          "sent again: "
          for (position, source) in repeated.prefix(ReportLimits.detailsOfExchange).enumerated() {
            if position > 0 { ", " }
            path(source.path)
            " "
            LineRanges.html([source.startLine...source.endLine], isNamed: false)
          }
          let more = repeated.count - ReportLimits.detailsOfExchange
          if more > 0 { " and \(more.counted("more range")), in report.json" }
        }
      }
    }
  }

  @HTMLBuilder private func text(_ source: SourceRange) -> HTML {
    path(source.path)
    " "
    LineRanges.html([source.startLine...source.endLine])
    if let column = source.startColumn { ", from byte \(column.grouped) of the first" }
    if let column = source.endColumn { ", to byte \(column.grouped) of the last" }
    if source.version > 1 { ", as it was after \((source.version - 1).counted("change"))" }
    if source.copies > 0 { "; the same text stands in \(source.copies.counted("other place"))" }
  }
}
