/// What a pattern may cost; each bound has its own refusal.
package enum PatternLimits {
  /// Bytes of one pattern. The longest in the catalogue has 70; a pattern is written by hand.
  package static let patternBytes = 512
  /// Wildcards and bytes between the first and the last wildcard: the states of one machine word, less the final one.
  package static let wildTokens = 62
}
