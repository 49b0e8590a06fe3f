internal import Testing

@testable internal import Run

@Suite("Questions at a run's end") struct ReviewQuestionTests {
  private let question = ReviewQuestion(
    "Keep it? [y]es, [N]o, [a]ll",
    [
      .init("y", "yes", means: "keep it"), .init("n", "not now", "no", means: "put it back"),
      .init("a", "all", means: "keep all"),
    ], standard: "n")

  @Test(
    "an answer is one of the letters or its whole word, in any case",
    arguments: [("y\n", "y"), ("YES\n", "y"), ("  all \n", "a"), ("Not  now\n", "n"), ("no\n", "n"), ("\n", "n")]
      as [(String, Character)])
  func answers(line: String, letter: Character) { #expect(question.reading(of: line) == .letter(letter)) }

  @Test(
    "what only begins like an answer, or is none, is asked again",
    arguments: ["abort\n", "zz\n", "ye\n", "y n\n", "all of them\n", "a!\n", "yy\n", "\u{1b}[A\n"])
  func others(line: String) { #expect(question.reading(of: line) == .other) }

  @Test("whoever answers otherwise is told what can be answered, in one line")
  func refusal() {
    #expect(question.refusal == "That is no answer to this question: y (yes), n (not now), a (all) or ?")
    #expect(question.reading(of: "?\n") == .help && question.meanings.hasPrefix("y: keep it\nn: put it back\n"))
  }
}
