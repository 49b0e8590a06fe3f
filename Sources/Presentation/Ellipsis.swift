/// Where `…` stands in text that does not fit.
package enum Ellipsis: Sendable, Hashable, CaseIterable {
  /// For sentences.
  case atEnd
  /// For host names and paths: the end says whose it is, and must not be what a long name hides.
  case atStart
}

extension Ellipsis {
  /// - Returns: text of at most so many columns; empty where there is no room for the ellipsis itself.
  package func cut(_ text: String, to columns: Int) -> String {
    if DisplayWidth.of(text) <= columns { return text }
    guard columns > 0 else { return "" }
    switch self {
    case .atEnd: return Self.fitting(text, columns - 1) + "…"
    case .atStart: return "…" + String(Self.fitting(text.reversed(), columns - 1).reversed())
    }
  }

  /// The longest beginning that takes no more columns.
  private static func fitting(_ characters: some Sequence<Character>, _ columns: Int) -> String {
    var taken = ""
    var width = 0
    for character in characters {
      width += DisplayWidth.of(character)
      if width > columns { break }
      taken.append(character)
    }
    return taken
  }
}
