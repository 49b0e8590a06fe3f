/// Finds the word that a writer most likely meant.
package enum NearestWord {
  /// - Returns: the candidate with the fewest edits (insert, delete, replace, swap), if that is at most a third of the
  ///   word's length; among equals the first.
  package static func to(_ word: String, among candidates: [String]) -> String? {
    let wanted = Array(word.lowercased().utf8.prefix(longest))
    guard !wanted.isEmpty else { return nil }
    var best: (word: String, edits: Int)?
    for candidate in candidates {
      let edits = edits(from: wanted, to: Array(candidate.lowercased().utf8.prefix(longest)))
      if edits < best?.edits ?? Int.max { best = (candidate, edits) }
    }
    guard let best, best.edits <= max(1, wanted.count / 3) else {
      return ofParts(word, among: candidates)
        ?? candidates.first { $0.utf8.count > 3 && (word.hasPrefix($0) || $0.hasPrefix(word) && word.utf8.count > 3) }
    }
    return best.word
  }

  /// The first of those that have several parts, such as `claude-code`, whose beginning may be what was meant.
  private static func ofParts(_ word: String, among candidates: [String]) -> String? {
    guard !word.contains("-") else { return nil }
    let beginnings = candidates.compactMap { candidate in
      candidate.firstIndex(of: "-").map { (candidate, String(candidate[..<$0])) }
    }.filter { $0.1.utf8.count > 3 }
    guard !beginnings.isEmpty else { return nil }
    let nearest = to(word, among: beginnings.map(\.1))
    return beginnings.first { $0.1 == nearest }?.0
  }

  /// Longer words are compared by their beginning, so that a hostile one costs nothing.
  private static let longest = 64

  /// Optimal string alignment distance.
  private static func edits(from source: [UInt8], to target: [UInt8]) -> Int {
    guard !source.isEmpty, !target.isEmpty else { return max(source.count, target.count) }
    var beforePrevious = [Int](repeating: 0, count: target.count + 1)
    var previous = Array(0...target.count)
    for row in 1...source.count {
      var current = [row] + [Int](repeating: 0, count: target.count)
      for column in 1...target.count {
        let isSame = source[row - 1] == target[column - 1]
        current[column] = min(
          previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (isSame ? 0 : 1))
        if row > 1, column > 1, source[row - 1] == target[column - 2], source[row - 2] == target[column - 1] {
          current[column] = min(current[column], beforePrevious[column - 2] + 1)
        }
      }
      beforePrevious = previous
      previous = current
    }
    return previous[target.count]
  }
}
