internal import ArgumentParser
internal import Evidence

/// Something that was found, as a person types it: `credential`, `personal/redact`, `personal/redact/high*12`,
/// `credential@fingerprint`.
enum FindingArgument {
  private static let form = "a class, a grade, a severity and how many, as in personal/redact/high*12"
  private static let most = 10_000

  /// Findings in the body, of a detector that is called as its class, each of another value.
  ///
  /// - Parameter number: of those before them, so that no two are one value.
  static func findings(_ text: String, after number: Int) throws -> [Finding] {
    guard let match = text.wholeMatch(of: /([a-z\/-]+)(?:\*([0-9]{1,5}))?(?:@([0-9a-f]{32}))?/),
      let count = Int(match.2 ?? "1"), (1...most).contains(count)
    else { throw ValidationError("--finding wants \(form), not '\(text)'.") }
    let words = match.1.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard words.count <= 3 else { throw ValidationError("--finding wants \(form), not '\(text)'.") }
    let dataClass = try Choice.of(DataClass.self, words[0], for: "--finding")
    let grade = words.count > 1 ? try Choice.of(Grade.self, words[1], for: "--finding's grade") : .block
    let severity = words.count > 2 ? try Choice.of(Severity.self, words[2], for: "--finding's severity") : nil
    return (0..<count).map { index in
      Finding(
        detector: words[0], dataClass: dataClass, grade: grade, severity: severity, place: .body, span: Span(0, 0),
        fingerprint: match.3.map(String.init) ?? "value \(number + index)")
    }
  }
}
