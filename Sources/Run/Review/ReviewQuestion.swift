/// One question to the person at the terminal, with all that may be answered to it.
struct ReviewQuestion {
  private let text: String
  private let answers: [Answer]
  private let standard: Character

  struct Answer {
    let letter: Character
    /// In lower case; the first is what a refusal calls it.
    let words: [String]
    let meaning: String

    init(_ letter: Character, _ words: String..., means meaning: String) {
      self.letter = letter
      self.words = words
      self.meaning = meaning
    }
  }

  /// - Parameters:
  ///   - text: as it is shown.
  ///   - standard: the letter that an empty line stands for.
  init(_ text: String, _ answers: [Answer], standard: Character) {
    self.text = text
    self.answers = answers
    self.standard = standard
  }

  var prompt: String { "\(text), [?] " }

  /// What each letter means, for whoever answers with a question mark.
  var meanings: String { answers.map { "\($0.letter): \($0.meaning)" }.joined(separator: "\n") }

  /// What is said to any other answer.
  var refusal: String {
    let offered = answers.map { "\($0.letter) (\($0.words.first ?? ""))" }.joined(separator: ", ")
    return "That is no answer to this question: \(offered) or ?"
  }

  enum Reading: Equatable {
    case letter(Character)
    case help
    case other
  }

  /// One of the letters, or the whole of its word, in any case: what only begins like one may mean something else.
  func reading(of line: String) -> Reading {
    let words = line.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if words.isEmpty { return .letter(standard) }
    if words == "?" { return .help }
    let meant = answers.first { words == String($0.letter) || $0.words.contains(words) }
    return meant.map { .letter($0.letter) } ?? .other
  }
}
