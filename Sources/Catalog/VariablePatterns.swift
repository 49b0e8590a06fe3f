/// Matches names of environment variables against names with a final `*`.
package enum VariablePatterns {
  /// Words that a variable holding a secret usually has in its name.
  private static let secretWords = [
    "KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "AUTH", "COOKIE", "HEADERS",
  ]

  package static func match(_ patterns: [String], _ variable: String) -> Bool {
    patterns.contains { pattern in
      if pattern == variable { return true }
      guard pattern.hasSuffix("*"), variable.hasPrefix(pattern.dropLast()) else { return false }
      let upper = variable.uppercased()
      return !secretWords.contains { upper.contains($0) }
    }
  }
}
