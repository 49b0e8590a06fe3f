/// What other rooms see at file scope is documented, and nothing is promised to the world outside.
enum DocumentationCheck {
  private static let documented: Set<String> = [
    "struct", "class", "enum", "protocol", "actor", "func", "typealias", "macro",
  ]
  private static let modifiers: Set<String> = ["final", "indirect", "nonisolated", "static", "mutating"]

  static func violations(in path: String, _ text: SwiftText) -> [Violation] {
    var found: [Violation] = []
    for (number, line) in text.lines.enumerated() {
      if (line.holds("public ") || line.holds("open ")), isPublic(line) {
        found.append(
          Violation(
            rule: "public", path: path, line: number + 1,
            sentence: "public is a promise to other packages, and nobody was promised anything: package"))
      }
      guard line.hasPrefix("package ") else { continue }
      let words = line.split(separator: " ").map(String.init)
      guard let kind = words.dropFirst().first(where: { !modifiers.contains($0) }),
        documented.contains(kind), !hasDocumentation(before: number, in: text)
      else { continue }
      found.append(
        Violation(
          rule: "undocumented", path: path, line: number + 1,
          sentence: "say in a /// line what this is or gives: \(line.trimmed.prefix(60))"))
    }
    return found
  }

  private static func isPublic(_ line: Substring) -> Bool {
    let words = line.trimmed.split(separator: " ")
    guard words.count > 1, words[1] != "import" else { return false }
    return words[0] == "public" || (words[0] == "open" && ["class", "func", "var", "subscript"].contains(words[1]))
  }

  private static func hasDocumentation(before number: Int, in text: SwiftText) -> Bool {
    var number = number - 1
    while number >= 0 {
      let line = text.source[number].trimmed
      if line.hasPrefix("///") || line.hasSuffix("*/") { return true }
      // Attributes, and the `)` of one that spans lines, stand between.
      guard line.hasPrefix("@") || line == ")" else { return false }
      number -= 1
    }
    return false
  }
}
