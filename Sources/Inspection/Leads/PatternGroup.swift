/// Patterns that can begin at the same places, among those of one leading word.
struct PatternGroup: Sendable {
  /// What a match can begin with.
  let first: ByteSet
  /// What cannot stand before it.
  let notBefore: ByteSet
  /// Among the word's patterns.
  let places: Range<Int>

  /// - Parameter indices: of the patterns, ascending.
  /// - Returns: the groups, and the patterns in their order.
  static func all(of indices: [Int], among patterns: [CompiledPattern]) -> (groups: [PatternGroup], patterns: [Int]) {
    var members: [(like: CompiledPattern, indices: [Int])] = []
    for index in indices {
      let pattern = patterns[index]
      let known = members.firstIndex { $0.like.first == pattern.first && $0.like.notBefore == pattern.notBefore }
      if let known { members[known].indices.append(index) } else { members.append((pattern, [index])) }
    }
    var all: [Int] = []
    let groups = members.map { like, indices in
      defer { all += indices }
      return PatternGroup(
        first: like.first, notBefore: like.notBefore, places: all.count..<all.count + indices.count)
    }
    return (groups, all)
  }
}

extension PatternGroup: ArchivedValue {
  init(from archive: inout ArchiveReader) throws(DamagedArchive) {
    let (first, notBefore): (ByteSet, ByteSet) = (try archive.read(), try archive.read())
    let (start, end): (Int, Int) = (try archive.read(), try archive.read())
    guard start <= end else { throw DamagedArchive() }
    self.init(first: first, notBefore: notBefore, places: start..<end)
  }

  func write(to archive: inout ArchiveWriter) {
    archive.write(first)
    archive.write(notBefore)
    archive.write(places.lowerBound)
    archive.write(places.upperBound)
  }
}
