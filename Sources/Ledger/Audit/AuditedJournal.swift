/// The journal as an audit reads it: nothing is repaired.
struct AuditedJournal {
  let file: String
  let base: Int
  let entries: [[UInt8]]

  /// The index behind its last entry.
  var end: Int { base + entries.count }

  static func read(_ bytes: [UInt8]?, _ record: StateRecord, _ signed: Checkpoint, origin: String) -> Result<
    AuditedJournal, LedgerProblem
  > {
    let file = Journal.name(base: record.journalBase)
    guard let bytes else {
      return .failure(LedgerProblem(.truncated, file: file, "the journal is missing"))
    }
    let seed = JournalRecord.seed(origin: origin, base: record.journalBase)
    let scan = JournalScan(bytes, after: seed, nextIndex: record.journalBase)
    let journal = AuditedJournal(file: file, base: record.journalBase, entries: scan.entries)
    // A last record that was never finished is no problem: nobody was told that it is durable.
    let isShort = journal.end < signed.size || journal.base > signed.size
    if scan.tail == .damaged || (isShort && scan.tail == .garbled) {
      return .failure(
        LedgerProblem(
          .edited, file: file, index: journal.end,
          "the journal was edited: the record at byte \(scan.end), with entry \(journal.end), does not match its digest"
        ))
    }
    if isShort {
      return .failure(
        LedgerProblem(
          .truncated, file: file, index: journal.end,
          "the journal was truncated: it ends before entry \(journal.end) of \(signed.size)"))
    }
    return .success(journal)
  }
}
