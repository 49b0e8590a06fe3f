/// What a stretch of a journal says: its entries, and how it ends.
struct JournalScan {
  /// What stands behind the last good record.
  enum Tail: Sendable, Hashable {
    case clean
    /// An unfinished record: its writer died before anybody was told that it is durable.
    case cut
    /// A last record that is all there but wrong, as a disk without power may leave one that nobody was told of.
    case garbled
    /// A record that is wrong although others follow it, so it was good once.
    case damaged
  }

  private(set) var entries: [[UInt8]] = []
  /// The offset behind the last good record, in the bytes that were given.
  private(set) var end = 0
  /// The digest of the last good record.
  private(set) var digest: TreeHash
  private(set) var tail = Tail.clean

  /// - Parameters:
  ///   - bytes: begins at a record.
  ///   - nextIndex: the index that the first record must have.
  init(_ bytes: [UInt8], after digest: TreeHash, nextIndex: Int) {
    self.digest = digest
    while end < bytes.count {
      guard readRecord(bytes, index: nextIndex + entries.count) else {
        tail = Self.tail(bytes[end...])
        return
      }
    }
  }

  private mutating func readRecord(_ bytes: [UInt8], index: Int) -> Bool {
    let payloadStart = end + JournalRecord.overheadBytes
    guard bytes.count >= payloadStart,
      let record = JournalRecord(header: bytes[end..<end + JournalRecord.headerBytes]), record.firstIndex == index,
      record.payloadBytes <= bytes.count - payloadStart
    else { return false }
    let payload = Array(bytes[payloadStart..<payloadStart + record.payloadBytes])
    let header = Array(bytes[end..<end + JournalRecord.headerBytes])
    let stored = Array(bytes[end + JournalRecord.headerBytes..<payloadStart])
    let next = TreeHash.sha256(digest.bytes, header, payload)
    guard next.bytes == stored, let ranges = EntryBundle.ranges(in: payload), ranges.count == record.entryCount else {
      return false
    }
    entries += ranges.map { Array(payload[$0]) }
    digest = next
    end = payloadStart + record.payloadBytes
    return true
  }

  private static func tail(_ rest: ArraySlice<UInt8>) -> Tail {
    if holdsRecord(rest.dropFirst()) { return .damaged }
    guard rest.count > JournalRecord.overheadBytes else { return .cut }
    let header = JournalRecord(header: rest.prefix(JournalRecord.headerBytes))
    return header.map { $0.payloadBytes > rest.count - JournalRecord.overheadBytes } == true ? .cut : .garbled
  }

  /// Whether a record's header stands anywhere in the bytes.
  private static func holdsRecord(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count >= JournalRecord.headerBytes else { return false }
    return (bytes.startIndex...bytes.endIndex - JournalRecord.headerBytes).contains { start in
      bytes[start] == 0x53 && JournalRecord(header: bytes[start..<start + JournalRecord.headerBytes]) != nil
    }
  }
}
