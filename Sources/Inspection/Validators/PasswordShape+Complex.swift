extension PasswordShape {
  /// A password with marks in it that code has, too: commas, semicolons, brackets. Only small and capital letters and
  /// digits, all three, tell it from code, patterns and templates.
  static func complex(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard assignedValue(text) == .confirmed, text.contains(where: marks.contains),
      text.contains(where: capitals.contains), text.contains(where: smallLetters.contains),
      text.contains(where: ByteSet.digits.contains), distinctCount(text) >= fewestDistinct
    else { return .refuted }
    let isOfWords = LetterPairs.areWords(text) && placeholderWords.contains { contains(text, $0) }
    return isOfWords || isPattern(text) || isTemplate(text) ? .refuted : .confirmed
  }

  private static let marks = ByteSet(",;<>(){}[]`'".utf8)
  private static let capitals = ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z"))
  private static let smallLetters = ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z"))
  private static let fewestDistinct = 8

  /// A regular expression: `^[A-Za-z0-9]{8,}$`.
  private static func isPattern(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.first == UInt8(ascii: "^") || text.last == UInt8(ascii: "$")
      || ["a-z", "A-Z", "0-9", "(?", ".*", "]+", ")*"].contains { text.firstRange(of: Array($0.utf8)) != nil }
  }

  /// Something stands in brackets, as a call's arguments or a template's name do: `{Name1}`, `f(X1)`, `a[0]`.
  private static func isTemplate(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    brackets.contains { open, close in
      guard let first = text.firstIndex(of: open) else { return false }
      return text[first...].contains(close)
    }
  }

  private static let brackets = [("(", ")"), ("{", "}"), ("[", "]"), ("<", ">")].map { open, close in
    (open.utf8.first ?? 0, close.utf8.first ?? 0)
  }
}
