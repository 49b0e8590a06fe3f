/// The phrases that lead to patterns, by their hashes.
struct LeadPhrases: Sendable {
  /// The numbers of those that have the hash, in the vocabulary.
  let numbers: [UInt64: [Int]]
  let filter: PhraseFilter
}

extension LeadPhrases: ArchivedValue {
  init(from archive: inout ArchiveReader) throws(DamagedArchive) {
    numbers = try archive.numbersByHash()
    filter = try archive.value()
  }

  func write(to archive: inout ArchiveWriter) {
    archive.write(numbersByHash: numbers)
    archive.write(filter)
  }
}
