internal import Decoding
package import Evidence

/// What detectors' files say that they find, and what not, held against the detectors.
package enum RuleExamples {
  /// Looks at every example of every rule.
  ///
  /// - Parameter cacheDirectory: where compiled patterns are kept.
  /// - Throws: ``DetectorError`` with `.example`, and the file and line of the first that is wrong; with another code
  ///   where the rules cannot be made ready.
  package static func check(_ rules: [DetectorRule], cacheDirectory: String? = nil) throws(DetectorError) {
    let rules = rules.filter { !$0.examples.isEmpty || !$0.counterExamples.isEmpty }
    guard !rules.isEmpty else { return }
    // Nobody is told of these findings, so that nobody compares their fingerprints.
    let detectors = try DetectorSet(rules: rules, fingerprintKey: Secret([0]), cacheDirectory: cacheDirectory)
    for (number, rule) in rules.enumerated() {
      for (example, line) in placed(rule.examples, rule.exampleLines, rule) where !detectors.sees(number, in: example) {
        throw DetectorError(
          code: .example, place: "\(rule.file):\(line)",
          sentence: "\(rule.id): the detector does not find its example \(shortened(example, rule))",
          remedy: "correct the example, or what the detector asks for: sallyport inspect --explain tells what it is")
      }
      for (example, line) in placed(rule.counterExamples, rule.counterExampleLines, rule)
      where detectors.sees(number, in: example) {
        throw DetectorError(
          code: .example, place: "\(rule.file):\(line)",
          sentence: "\(rule.id): the detector finds its counter-example \(shortened(example, rule))",
          remedy: "correct the counter-example, or ask for more in the detector")
      }
    }
  }

  private static func placed(_ examples: [String], _ lines: [Int], _ rule: DetectorRule) -> [(String, Int)] {
    examples.enumerated().map { ($1, $0 < lines.count ? lines[$0] : rule.line) }
  }

  /// Enough to know it by; an example may be somebody's secret all the same.
  private static func shortened(_ example: String, _ rule: DetectorRule) -> String {
    let most = rule.dataClass == .credential ? min(longest, example.count / 2) : longest
    let shown = String(example.map { $0.isNewline ? " " : $0 }.prefix(most))
    return shown.count < example.count ? "'\(shown)…'" : "'\(shown)'"
  }

  /// Characters of an example that are shown.
  private static let longest = 24
}

extension DetectorSet {
  /// Whether a rule, by its number, finds something in a text, whatever others make of it.
  fileprivate func sees(_ rule: Int, in text: String) -> Bool {
    let bytes = Array(text.utf8)
    let scanner = MessageScanner(self)
    let tree = DecodingTree(.none, limits: .standard, expected: bytes.count, observer: scanner)
    bytes.withUnsafeBytes { tree.receive($0) }
    tree.finish()
    return scanner.seen.sightings.contains { $0.order == rule }
  }
}
