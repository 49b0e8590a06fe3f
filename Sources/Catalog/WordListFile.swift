/// A file of phrases, one a line; empty lines and those that begin with `#` say nothing.
enum WordListFile {
  /// - Throws: ``DetectorFileError`` with the first line that is wrong.
  static func phrases(_ text: String, file: String) throws(DetectorFileError) -> [String] {
    var phrases: [String] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let line = trimmed(line)
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      do throws(PhraseProblem) {
        phrases.append(try phrase(line))
      } catch {
        throw DetectorFileError(file: file, line: index + 1, sentence: error.sentence, remedy: error.remedy)
      }
      guard phrases.count <= CatalogLimits.words else {
        throw DetectorFileError(
          file: file, line: index + 1, sentence: "there are more than \(CatalogLimits.words) phrases",
          remedy: "split them into several detectors")
      }
    }
    return phrases
  }

  /// A phrase that can be looked for. What is wrong is told without the phrase, which may be nobody's to read.
  static func phrase(_ text: String) throws(PhraseProblem) -> String {
    let phrase = trimmed(text[...])
    guard phrase.utf8.count <= CatalogLimits.wordBytes else {
      throw PhraseProblem(
        sentence: "a phrase is longer than \(CatalogLimits.wordBytes) bytes", remedy: "give its first words")
    }
    guard phrase.reduce(0, { $0 + ($1.isLetter || $1.isNumber ? 1 : 0) }) >= CatalogLimits.wordLetters else {
      throw PhraseProblem(
        sentence: "a phrase has fewer than \(CatalogLimits.wordLetters) letters or digits",
        remedy: "give a longer one: it would stand in every text")
    }
    guard phrase.split(whereSeparator: \.isWhitespace).count <= CatalogLimits.wordParts else {
      throw PhraseProblem(
        sentence: "a phrase has more than \(CatalogLimits.wordParts) words", remedy: "give its first words")
    }
    return phrase
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
