/// Where a pattern stops being one.
struct PatternSyntaxError: Error, Hashable {
  /// In bytes from the pattern's beginning.
  let offset: Int
  let expected: String
}
