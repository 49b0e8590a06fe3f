/// Patterns that can begin at the same places.
struct PatternGroup: Sendable {
  /// What a match can begin with.
  let first: ByteSet
  /// What cannot stand before it.
  let notBefore: ByteSet
  private(set) var patterns: [Int]

  /// - Parameter indices: of the patterns, ascending.
  static func all(of indices: [Int], among patterns: [CompiledPattern]) -> [PatternGroup] {
    var groups: [PatternGroup] = []
    for index in indices {
      let pattern = patterns[index]
      if let known = groups.firstIndex(where: { $0.first == pattern.first && $0.notBefore == pattern.notBefore }) {
        groups[known].patterns.append(index)
      } else {
        groups.append(PatternGroup(first: pattern.first, notBefore: pattern.notBefore, patterns: [index]))
      }
    }
    return groups
  }
}
