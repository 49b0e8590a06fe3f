/// Names say what a thing is, not that it helps.
enum NameCheck {
  /// Words that no folder, file or type is named with; Foundation's own names are not ours.
  static let banned: Set<String> = [
    "Util", "Utils", "Utility", "Utilities", "Helper", "Helpers", "Manager", "Common", "Core", "Misc", "Extras",
  ]

  private static let keywords: [String] = ["struct", "class", "enum", "protocol", "actor", "typealias"]
  private static let typeKeywords = Set(keywords.map { Substring($0) })

  static func violations(in path: String, room: String?, _ text: SwiftText) -> [Violation] {
    var found = violations(inPath: path)
    for (number, line) in text.lines.enumerated() where Self.keywords.contains(where: { line.holds($0) }) {
      let words = line.identifiers
      for (keyword, name) in zip(words, words.dropFirst()) where typeKeywords.contains(keyword) {
        if let word = name.camelCaseWords.first(where: { banned.contains($0) }) {
          found.append(
            Violation(
              rule: "banned-name", path: path, line: number + 1,
              sentence: "\(name) is named with \(word): say what it owns or does"))
        }
        if let room, name == room[...] {
          found.append(
            Violation(
              rule: "module-name", path: path, line: number + 1,
              sentence: "a type named as its module, \(room), makes the module impossible to name"))
        }
      }
    }
    return found
  }

  static func violations(inPath path: String) -> [Violation] {
    let words = path.split { $0 == "/" || $0 == "." || $0 == "+" }.flatMap(\.camelCaseWords)
    return words.filter { banned.contains($0) }.prefix(1).map {
      Violation(rule: "banned-name", path: path, sentence: "named with \($0): use the field's own word")
    }
  }
}
