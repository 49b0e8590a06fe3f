/// What one detector looks for, as its file says it.
package struct DetectorRule: Sendable, Hashable {
  /// The name that findings carry, such as `github-token`; lower case, digits and hyphens.
  package let id: String
  /// For people: "GitHub token".
  package let name: String
  package let dataClass: DataClass
  package let grade: Grade
  package let severity: Severity
  /// Regular expressions over bytes, in the subset that ``/Inspection`` compiles. The first capturing group is the
  /// secret; without one it is the whole match.
  package let patterns: [String]
  /// Phrases to look for as they are, whole and in any letter case; empty where patterns say what to look for.
  package let words: [String]
  /// Words of which at least one stands near a match, in any letter case; empty where the pattern says enough.
  package let keywords: [String]
  /// Words near a match that make it what it seems; `nil` where the pattern and the check say enough.
  package let context: DetectorContext?
  /// A named check of what matched, such as `github-checksum`; `nil` where the shape is all there is.
  package let validator: String?
  /// Shannon entropy of the secret in bits per byte, at least; 0 where it does not matter.
  package let minimumEntropy: Double
  /// Whether the finding is dropped where a more specific detector found the same bytes.
  package let isGeneric: Bool
  /// The catalogue's vendors that give such credentials out and take them back; empty where anybody might.
  package let issuers: [String]
  /// Texts in which the detector must find something, each built of parts so that the file itself holds no secret.
  package let examples: [String]
  /// Texts in which it must find nothing.
  package let counterExamples: [String]
  /// Where each of them stands in ``file``; empty where no file says them.
  package let exampleLines: [Int]
  package let counterExampleLines: [Int]
  /// Where the shape is documented.
  package let sources: [String]
  /// The file that says all this, and the line it begins at.
  package let file: String
  package let line: Int
  /// Lines of its patterns and of its check's name, by what stands there.
  package let lines: [String: Int]
  /// Another file, that its words are in.
  package let wordsFile: String?

  /// - Parameter severity: the class's own, where nobody said otherwise.
  package init(
    id: String, name: String, dataClass: DataClass = .credential, grade: Grade, severity: Severity? = nil,
    patterns: [String],
    words: [String] = [], keywords: [String] = [], context: DetectorContext? = nil, validator: String? = nil,
    minimumEntropy: Double = 0, isGeneric: Bool = false,
    issuers: [String] = [], examples: [String] = [], counterExamples: [String] = [], sources: [String] = [],
    exampleLines: [Int] = [], counterExampleLines: [Int] = [], file: String = "", line: Int = 1,
    lines: [String: Int] = [:], wordsFile: String? = nil
  ) {
    self.id = id
    self.name = name
    self.dataClass = dataClass
    self.grade = grade
    self.severity = severity ?? dataClass.severity
    self.patterns = patterns
    self.words = words
    self.keywords = keywords
    self.context = context
    self.validator = validator
    self.minimumEntropy = minimumEntropy
    self.isGeneric = isGeneric
    self.issuers = issuers
    self.examples = examples
    self.counterExamples = counterExamples
    self.exampleLines = exampleLines
    self.counterExampleLines = counterExampleLines
    self.sources = sources
    self.file = file
    self.line = line
    self.lines = lines
    self.wordsFile = wordsFile
  }

  /// The file and the line at which this pattern, or the name of this check, stands.
  package func place(of text: String) -> String { "\(file):\(lines[text] ?? line)" }
}
