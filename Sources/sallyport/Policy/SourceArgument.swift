internal import Evidence

/// Lines of a file, as a person types them: `secrets/a.pem`, `secrets/a.pem:4`, `secrets/a.pem:4-15`.
enum SourceArgument {
  /// - Returns: a range that goes out for the first time, a byte for each line; `nil` for what is none.
  static func range(_ text: String) -> SourceRange? {
    guard let match = text.wholeMatch(of: /(.+?)(?::([0-9]+)(?:-([0-9]+))?)?/.dotMatchesNewlines()) else { return nil }
    guard let first = match.2 else { return range(String(match.1), 1, 1) }
    guard let start = Int(first), let end = Int(match.3 ?? first) else { return nil }
    return range(String(match.1), start, end)
  }

  private static func range(_ path: String, _ start: Int, _ end: Int) -> SourceRange? {
    guard start > 0, end >= start, end < 1 << 40 else { return nil }
    return SourceRange(path: path, startLine: start, endLine: end, bytes: end - start + 1, isFirstSent: true)
  }
}
