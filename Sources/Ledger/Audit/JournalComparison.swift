/// The journal's entries beside the tree's.
struct JournalComparison {
  private let journal: AuditedJournal?
  private(set) var compared = 0
  /// The entries that differ.
  private(set) var differences: [Int] = []

  init(_ journal: AuditedJournal?) { self.journal = journal }

  mutating func visit(_ index: Int, _ entry: ArraySlice<UInt8>) {
    guard let journal, index >= journal.base, index < journal.end else { return }
    compared += 1
    if journal.entries[index - journal.base][...] != entry { differences.append(index) }
  }

  /// What is wrong with the journal, where the tree is right.
  var problem: LedgerProblem? {
    guard let journal, let first = differences.first else { return nil }
    return LedgerProblem(
      .edited, file: journal.file, index: first, "the journal was edited: entry \(first) is not the one in the tree")
  }
}
