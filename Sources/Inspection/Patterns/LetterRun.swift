/// How many letters that a part of a pattern begins with are certain.
struct LetterRun {
  let first: Int
  /// Whether the part is nothing else.
  let isWhole: Bool

  static let empty = LetterRun(first: 0, isWhole: true)
  static let none = LetterRun(first: 0, isWhole: false)

  func followed(by next: LetterRun) -> LetterRun {
    LetterRun(first: isWhole ? first + next.first : first, isWhole: isWhole && next.isWhole)
  }
}
