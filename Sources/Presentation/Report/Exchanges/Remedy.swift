/// How to get another answer, whole: its rules stand on lines of their own, so that they can be copied.
struct Remedy {
  private let parts: [Part]

  private enum Part {
    case words(String)
    case command(String)
    case rule(String)
  }

  /// - Parameter foreign: a sentence in which code stands between backticks.
  init(_ foreign: String) {
    let pieces = Sanitised(foreign, limit: ReportLimits.remedyScalars).text
      .split(separator: "`", omittingEmptySubsequences: false)
    var parts: [Part] = []
    for (position, piece) in pieces.enumerated() {
      if position % 2 == 1 {
        parts.append(piece.hasPrefix("- ") ? .rule(String(piece)) : .command(String(piece)))
      } else if case .rule = parts.last {
        // What joined it to the rule before, or ended the sentence, says nothing on a line of its own.
        let words = piece.drop { " .;,".contains($0) }
        if !words.isEmpty, words != "and " { parts.append(.words(String(words))) }
      } else if !piece.isEmpty {
        parts.append(.words(String(piece)))
      }
    }
    self.parts = parts
  }

  var html: HTML {
    element("div", .class("remedy")) {
      for part in parts {
        switch part {
        case .words(let text): HTML.text(text, limit: ReportLimits.remedyScalars)
        case .command(let text): code(text, limit: ReportLimits.remedyScalars)
        case .rule(let text):
          element("code", .class("rule")) { HTML.text(text, limit: ReportLimits.remedyScalars) }
        }
      }
    }
  }
}
