/// Patterns that can begin at the same places.
struct PatternGroup: Sendable {
  /// What a match can begin with.
  let first: ByteSet
  /// What cannot stand before it.
  let notBefore: ByteSet
  private(set) var patterns: [Int]

  /// - Returns: the group of some of its patterns; `nil` for none.
  func filter(_ isWanted: (Int) -> Bool) -> PatternGroup? {
    var group = self
    group.patterns = patterns.filter(isWanted)
    return group.patterns.isEmpty ? nil : group
  }

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
