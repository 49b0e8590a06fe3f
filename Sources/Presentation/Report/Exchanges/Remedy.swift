/// How to get another answer, whole: its rules are set off so that they can be copied.
struct Remedy {
  private let parts: [(text: String, isCode: Bool)]

  /// - Parameter foreign: a sentence in which code stands between backticks.
  init(_ foreign: String) {
    let pieces = Sanitised(foreign, limit: ReportLimits.remedyScalars).text
      .split(separator: "`", omittingEmptySubsequences: false)
    parts = pieces.enumerated().map { (String($0.element), $0.offset % 2 == 1) }
  }

  var html: HTML {
    element("div", .class("remedy")) {
      for part in parts where !part.text.isEmpty {
        if part.isCode, part.text.hasPrefix("- ") {
          // A rule to be copied stands on lines of its own.
          element("code", .class("rule")) { HTML.text(part.text, limit: ReportLimits.remedyScalars) }
        } else if part.isCode {
          code(part.text, limit: ReportLimits.remedyScalars)
        } else {
          HTML.text(part.text, limit: ReportLimits.remedyScalars)
        }
      }
    }
  }
}
