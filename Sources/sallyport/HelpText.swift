/// Text of a help page, which the parser wraps at the width of the terminal.
enum HelpText {
  /// Joins the lines of each paragraph, so that they do not keep the width they were written in.
  ///
  /// Indented lines, and headings in capitals, stay lines of their own.
  static func flowing(_ text: String) -> String {
    var lines: [String] = []
    var isOpen = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isProse = !line.isEmpty && !line.hasPrefix(" ") && line != line.uppercased()
      if isProse, isOpen, let last = lines.popLast() {
        lines.append("\(last) \(line)")
      } else {
        lines.append(String(line))
      }
      isOpen = isProse
    }
    return lines.joined(separator: "\n")
  }
}
