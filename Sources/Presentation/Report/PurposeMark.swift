internal import Evidence

/// How a purpose is told apart everywhere in the page: by its letter and its word, and by a colour besides.
struct PurposeMark {
  let purpose: Purpose

  init(_ purpose: Purpose) { self.purpose = purpose }

  var letter: String {
    switch purpose {
    case .model: "M"
    case .telemetry: "T"
    case .flags: "F"
    case .update: "U"
    case .auth: "A"
    case .registry: "R"
    case .config: "C"
    case .web: "W"
    case .unknown: "?"
    }
  }

  /// The class that the style sheet gives the colour of.
  var style: String { "p-\(purpose.rawValue)" }

  /// The letter alone, for the eye; the word stands beside it.
  var chip: HTML {
    element("span", .class("chip \(style)"), Attribute("aria-hidden", "true")) { letter }
  }

  @HTMLBuilder var html: HTML {
    chip
    " \(purpose.rawValue)"
  }
}

extension Purpose {
  var mark: PurposeMark { PurposeMark(self) }

  /// The order of declaration: from what the tool is for to what nobody knows.
  var readingPosition: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}
