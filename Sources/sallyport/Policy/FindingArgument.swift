internal import ArgumentParser
internal import Evidence

/// Something that was found, as a person types it: `credential`, `personal/redact`, `personal/redact/high`.
enum FindingArgument {
  /// - Returns: a finding in the body, of a detector that is called as its class.
  static func finding(_ text: String) throws -> Finding {
    let words = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
    guard words.count <= 3 else {
      throw ValidationError("--finding wants a class, a grade and a severity, as in personal/redact/high, not '\(text)'.")
    }
    return Finding(
      detector: words[0], dataClass: try Choice.of(DataClass.self, words[0], for: "--finding"),
      grade: words.count > 1 ? try Choice.of(Grade.self, words[1], for: "--finding's grade") : .block,
      severity: words.count > 2 ? try Choice.of(Severity.self, words[2], for: "--finding's severity") : nil,
      place: .body, span: Span(0, 0))
  }
}
