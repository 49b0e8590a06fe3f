/// Files and functions that one can hold in the head.
enum LengthCheck {
  /// Lines past which a file asks to be two.
  static let mostFileLines = 400
  /// Lines past which a function asks to be two, its first and last line counted.
  static let mostFunctionLines = 70

  static func violations(in path: String, _ text: SwiftText) -> [Violation] {
    var found: [Violation] = []
    // A file's last line end leaves an empty piece behind it.
    let lineCount = text.source.last == "" ? text.source.count - 1 : text.source.count
    if lineCount > mostFileLines {
      found.append(
        Violation(
          rule: "file-length", path: path, measure: lineCount,
          sentence: "\(lineCount) lines: past \(mostFileLines) a file is asking to be two"))
    }
    for body in Declarations(text).bodies where body.lineCount > mostFunctionLines {
      found.append(
        Violation(
          rule: "function-length", path: path, line: body.line, name: body.name, measure: body.lineCount,
          sentence: "\(body.name) has \(body.lineCount) lines: past \(mostFunctionLines) it is asking to be two"))
    }
    return found
  }
}
