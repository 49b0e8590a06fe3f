internal import Glibc

/// The journal that is being written: what makes an entry durable. All changes happen under the ledger's lock.
struct Journal {
  static let directoryName = "journal"

  let file: OpenFile
  /// The index of the first entry that this file holds.
  let base: Int
  /// Behind the last record that we know of.
  private var end = 0
  private var digest: TreeHash
  private(set) var nextIndex: Int

  static func name(base: Int) -> String {
    let digits = String(base)
    return "\(directoryName)/" + String(repeating: "0", count: max(0, 19 - digits.count)) + digits
  }

  /// Opens the journal that begins at `base`; nothing of it is read yet.
  init(base: Int, origin: String, in directory: LedgerDirectory) throws(LedgerError) {
    guard let file = try directory.openFile(Self.name(base: base), O_RDWR | O_NOFOLLOW, whenAbsent: nil) else {
      throw LedgerError(
        .truncated, place: Self.name(base: base), "the journal that the state record names is not there",
        remedy: LedgerRemedy.fork)
    }
    self.file = file
    self.base = base
    digest = JournalRecord.seed(origin: origin, base: base)
    nextIndex = base
  }

  /// Whether ``readNew()`` would find nothing new and nothing wrong.
  func isAsWeLeftIt() throws(LedgerError) -> Bool {
    let status = try file.status()
    return status.isLinked && status.size == end
  }

  /// Reads what was added behind the last known record, by another process or by ourselves before, and removes a last
  /// record that was never finished.
  mutating func readNew() throws(LedgerError) -> [[UInt8]] {
    let status = try file.status()
    guard status.isLinked else {
      throw LedgerError(
        .truncated, place: file.name, "the journal was removed while it was in use", remedy: LedgerRemedy.fork)
    }
    if status.size == end { return [] }
    guard status.size > end, status.size - end <= LedgerLimits.readableJournalBytes else {
      throw LedgerError(
        .truncated, place: file.name, "the journal became shorter while it was in use (\(status.size) of \(end) bytes)",
        remedy: LedgerRemedy.fork)
    }
    let scan = JournalScan(try file.read(at: end, count: status.size - end), after: digest, nextIndex: nextIndex)
    if scan.tail == .damaged {
      throw LedgerError(
        .doesNotVerify, place: file.name,
        "the record at byte \(end + scan.end), behind entry \(nextIndex + scan.entries.count - 1), was changed",
        remedy: LedgerRemedy.fork)
    }
    end += scan.end
    digest = scan.digest
    nextIndex += scan.entries.count
    if scan.tail != .clean { try file.truncate(to: end) }
    return scan.entries
  }

  /// Adds one record. When it returns the entries are durable; when it throws they are not in the journal.
  ///
  /// - Precondition: ``readNew()`` was called under the same lock.
  mutating func append(_ entries: [[UInt8]], _ durability: Durability) throws(LedgerError) {
    let record = JournalRecord.encode(entries, firstIndex: nextIndex, after: digest)
    do throws(LedgerError) {
      try file.write(record.bytes, at: end)
      if durability == .disk { try file.sync() }
    } catch {
      // A part may have been written. If it cannot be cut off now, the next reader of the journal does it.
      try? file.truncate(to: end)
      throw error
    }
    end += record.bytes.count
    digest = record.digest
    nextIndex += entries.count
  }

  /// Whether the file has grown past what is worth reading at every opening.
  var isLong: Bool { end > LedgerLimits.journalBytes }
}
