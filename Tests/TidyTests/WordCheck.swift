/// Words that have no place in a committed file.
enum WordCheck {
  /// Spelled in parts, so that this file passes its own check.
  private static let unfinished = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]

  /// Places and tools of the machines that the project is written on; each would be wrong everywhere else.
  private static let machine = [
    "/wo" + "rk/", "/bui" + "ld/sallyport", "/ro" + "ot/", "/opt/swift-" + "packages", "s" + "b swift ",
  ]

  static func violations(in file: SourceTree.File) -> [Violation] {
    // Nearly every file has none of them, and walking over its lines is what takes time.
    guard (unfinished + machine).contains(where: { file.text.holds($0) }) else { return [] }
    return file.lines.enumerated().flatMap { number, line -> [Violation] in
      var found: [Violation] = []
      if let word = line.identifiers.first(where: { unfinished.contains(String($0)) }) {
        found.append(
          Violation(
            rule: "unfinished", path: file.path, line: number + 1,
            sentence: "\(word): do it, or write it down where open work is kept"))
      }
      if let place = machine.first(where: { contains(line, $0) }) {
        found.append(
          Violation(
            rule: "machine-path", path: file.path, line: number + 1, sentence: "\(place) is a place of one machine"))
      }
      return found
    }
  }

  /// As the start of a path or a word, not within one: `.build/release` and `network/` are fine.
  private static func contains(_ line: Substring, _ place: String) -> Bool {
    var rest = line
    while let range = rest.firstRange(of: place) {
      let before = range.lowerBound > line.startIndex ? line[line.index(before: range.lowerBound)] : " "
      if !(before.isLetter || before.isNumber || before == "." || before == "}" || before == "_" || before == "-"
        || before == "~")
      {
        return true
      }
      rest = rest[range.upperBound...]
    }
    return false
  }
}
