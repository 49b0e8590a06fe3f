/// Words that tell what a number is: `tax id` before eleven digits.
package struct DetectorContext: Sendable, Hashable {
  /// Words, or up to four in a row, in any letter case. Those of scripts that set no spaces between words count wherever
  /// they stand.
  package let words: [String]
  /// What a match is worth without any of them near; `nil`: nothing.
  package let without: Grade?

  package init(words: [String], without: Grade? = nil) {
    self.words = words
    self.without = without
  }
}
