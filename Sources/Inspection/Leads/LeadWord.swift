/// A word without which matches of some patterns are worth nothing: where it stands, they are tried around it.
// A class, as ``CompiledPattern`` is.
final class LeadWord: Sendable {
  /// Bytes behind it in which a match may begin.
  let reach: Int
  let groups: [PatternGroup]
  /// Indices of the patterns, by group.
  let patterns: [Int]
  /// Bytes that a match can begin with.
  let first: ByteSet
  /// Bytes behind which no match can begin.
  let notBefore: ByteSet

  /// - Parameter indices: of the patterns, ascending.
  init(reach: Int, leadingTo indices: [Int], among all: [CompiledPattern]) {
    self.reach = reach
    (groups, patterns) = PatternGroup.all(of: indices, among: all)
    first = groups.reduce(.none) { $0.union($1.first) }
    notBefore = groups.reduce(ByteSet.none.complement) { $0.intersection($1.notBefore) }
  }

  init(from archive: inout ArchiveReader) throws(DamagedArchive) {
    reach = try archive.read()
    groups = try archive.list { archive throws(DamagedArchive) in try archive.value() }
    patterns = try archive.elements()
    first = try archive.read()
    notBefore = try archive.read()
  }

  /// Matches that are not longer are led to by words.
  static let longestMatch = 256
  /// Words that are not longer lead.
  static let longest = 256
  /// Bytes before a word's end in which a match may begin: the same for all, so that one word's search goes on where
  /// another's ended.
  static let bytesBefore = longest + ContextVocabulary.bytesAfter + longestMatch
  /// Bytes behind the last place at which a match may begin that have a say in it.
  static let bytesBehind = longestMatch + ContextVocabulary.bytesAfter + 1
}

extension LeadWord: ArchivedValue {
  func write(to archive: inout ArchiveWriter) {
    archive.write(reach)
    archive.write(groups)
    archive.write(elements: patterns)
    archive.write(first)
    archive.write(notBefore)
  }
}
