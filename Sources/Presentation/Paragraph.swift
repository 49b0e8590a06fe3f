/// A sentence broken into lines between its words.
struct Paragraph {
  let lines: [String]

  /// - Parameters:
  ///   - foreign: text from anywhere; it is made safe here.
  ///   - limit: lines at most; what does not fit ends in `…`.
  init(_ foreign: String, columns: Int, limit: Int) {
    var lines: [String] = []
    var current = ""
    for word in Sanitised(foreign).text.split(separator: " ") {
      let joined = current.isEmpty ? String(word) : current + " " + word
      if DisplayWidth.of(joined) <= columns || current.isEmpty {
        current = joined
      } else {
        lines.append(current)
        current = String(word)
      }
    }
    if !current.isEmpty { lines.append(current) }
    if lines.count > limit {
      lines = Array(lines.prefix(limit - 1)) + [lines[(limit - 1)...].joined(separator: " ")]
    }
    self.lines = lines.map { Ellipsis.atEnd.cut($0, to: columns) }
  }
}
