/// The text of a policy that is to be changed as a person would: a line here, a few there, the rest untouched.
struct PolicyText {
  private var lines: [String]

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.hasSuffix("\r") ? line.dropLast() : line)
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
  }

  var text: String { lines.joined(separator: "\n") + "\n" }

  /// Puts a value in place of that of a key of the whole document, or the key behind `version`.
  mutating func set(_ key: String, to value: String, because comment: String) {
    let line = "\(key): \(value)  # \(comment)"
    if let index = index(of: key) {
      lines[index] = line
    } else {
      lines.insert(line, at: index(of: "version").map { $0 + 1 } ?? 0)
    }
  }

  /// What stands before the dash of a rule: as in the rules that are there, else two spaces.
  var ruleIndent: String {
    guard let block = block(of: "rules"), let item = lines[block].first(where: Self.isItem) else { return "  " }
    return String(item.prefix { $0 == " " })
  }

  /// Puts lines behind the last rule.
  ///
  /// - Returns: false where the rules are not written one under another, so that nothing can be put behind them.
  mutating func append(rules added: [String]) -> Bool {
    guard let key = index(of: "rules") else {
      lines += ["", "rules:"] + added
      return true
    }
    let value = Self.value(of: lines[key])
    guard value.isEmpty || ["[]", "~", "null"].contains(value), let block = block(of: "rules") else { return false }
    if !value.isEmpty { lines[key] = "rules:" }
    let last = lines[block].lastIndex { !Self.isBlank($0) }
    lines.insert(contentsOf: added, at: last.map { $0 + 1 } ?? block.lowerBound)
    return true
  }

  private func index(of key: String) -> Int? {
    lines.firstIndex { $0.hasPrefix("\(key):") || $0.hasPrefix("\"\(key)\":") || $0.hasPrefix("'\(key)':") }
  }

  /// The lines behind a key that belong to it.
  private func block(of key: String) -> Range<Int>? {
    guard let start = index(of: key) else { return nil }
    var end = start + 1
    while end < lines.count, Self.isInside(lines[end]) { end += 1 }
    return start + 1..<end
  }

  private static func isInside(_ line: String) -> Bool {
    isBlank(line) || line.hasPrefix(" ") || line.hasPrefix("\t") || line.hasPrefix("- ") || line == "-"
  }

  private static func isItem(_ line: String) -> Bool {
    let rest = line.drop { $0 == " " }
    return rest.hasPrefix("- ") || rest == "-"
  }

  private static func isBlank(_ line: String) -> Bool { line.allSatisfy { $0 == " " || $0 == "\t" } }

  /// Without a comment and the spaces around.
  private static func value(of line: String) -> String {
    var value = line[(line.firstIndex(of: ":").map { line.index(after: $0) } ?? line.endIndex)...]
    if let comment = value.firstRange(of: " #") { value = value[..<comment.lowerBound] }
    while value.first == " " || value.first == "\t" { value.removeFirst() }
    while value.last == " " || value.last == "\t" { value.removeLast() }
    return String(value)
  }
}
