import Glibc

extension StringProtocol {
  /// Whether the text occurs; one call into the C library, where `contains` walks over characters.
  func holds(_ text: String) -> Bool {
    withCString { memory in text.withCString { strstr(memory, $0) != nil } }
  }

  /// The words of code: runs of letters, digits and underscores.
  var identifiers: [SubSequence] {
    split { !($0.isLetter || $0.isNumber || $0 == "_") }
  }

  /// `HTTPFieldManager` → `HTTP`, `Field`, `Manager`.
  var camelCaseWords: [String] {
    var words: [String] = []
    var current = ""
    let characters = Array(self)
    for (position, character) in characters.enumerated() {
      let isStart =
        character.isUppercase
        && (position == 0 || characters[position - 1].isLowercase || characters[position - 1].isNumber
          || (position + 1 < characters.count && characters[position + 1].isLowercase))
      if isStart || !(character.isLetter || character.isNumber) {
        if !current.isEmpty { words.append(current) }
        current = ""
      }
      if character.isLetter || character.isNumber { current.append(character) }
    }
    return current.isEmpty ? words : words + [current]
  }

  var trimmed: SubSequence {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return rest
  }
}
