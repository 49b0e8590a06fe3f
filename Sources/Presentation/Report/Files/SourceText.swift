internal import Evidence

/// Lines of a file that were in a message, in words.
struct SourceText {
  let source: SourceRange

  init(_ source: SourceRange) { self.source = source }

  @HTMLBuilder var html: HTML {
    path(source.path)
    " \(LineRanges.text(source.startLine...source.endLine))"
    if let column = source.startColumn { ", from byte \(column.grouped) of the first" }
    if let column = source.endColumn { ", to byte \(column.grouped) of the last" }
    source.isFirstSent ? ", sent there for the first time" : ", repeated"
    if source.version > 1 { ", as it was after \((source.version - 1).counted("change"))" }
    if source.copies > 0 { "; the same text stands in \(source.copies.counted("other place"))" }
  }
}

extension Attributed.Gap {
  /// What it means for the one exchange.
  var sentence: String {
    switch self {
    case .off: "Which files were in it was not looked into."
    case .indexing: "The files were not all read yet when this was decided: some lines may be missing."
    case .filesLeftOut: "Some files were left out of the comparison, so lines of theirs would not be told."
    case .messageTooLarge: "It holds more text than is compared: lines in the rest of it are not told."
    }
  }
}
