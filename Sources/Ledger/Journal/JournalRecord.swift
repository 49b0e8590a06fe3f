internal import Crypto

/// One group commit as the journal holds it, chained to the one before.
///
/// magic (4) · payload bytes (4) · first index (8) · entries (4) · header check (4) · digest (32) · payload, numbers with
/// the higher byte first. The payload has an entry bundle's form. The digest is the SHA-256 of the digest before it,
/// the header and the payload, so that no record can be edited, removed or moved without every later one failing.
struct JournalRecord {
  private static let magic: UInt32 = 0x5350_4a31
  private static let checkedHeaderBytes = 20
  static let headerBytes = 24
  static let overheadBytes = headerBytes + TreeHash.byteCount

  let payloadBytes: Int
  let firstIndex: Int
  let entryCount: Int

  /// The digest that stands before a journal's first record.
  static func seed(origin: String, base: Int) -> TreeHash {
    .sha256(Array("sallyport/journal/v1\n\(origin)\n\(base)\n".utf8))
  }

  /// - Returns: the record's bytes and the digest that the next one is chained to.
  static func encode(_ entries: [[UInt8]], firstIndex: Int, after digest: TreeHash) -> (
    bytes: [UInt8], digest: TreeHash
  ) {
    let payloadBytes = EntryBundle.byteCount(of: entries)
    var record: [UInt8] = []
    record.reserveCapacity(overheadBytes + payloadBytes)
    BigEndian.append(magic, to: &record)
    BigEndian.append(UInt32(payloadBytes), to: &record)
    BigEndian.append(UInt64(firstIndex), to: &record)
    BigEndian.append(UInt32(entries.count), to: &record)
    BigEndian.append(check(record), to: &record)
    // Its own digest is put here when it is known.
    digest.append(to: &record)
    for entry in entries { EntryBundle.append(entry, to: &record) }
    let next = record.withUnsafeMutableBytes { record in
      let next = Self.digest(
        after: digest, header: UnsafeRawBufferPointer(rebasing: record[..<headerBytes]),
        payload: UnsafeRawBufferPointer(rebasing: record[overheadBytes...]))
      next.withBytes { UnsafeMutableRawBufferPointer(rebasing: record[headerBytes...]).copyMemory(from: $0) }
      return next
    }
    return (record, next)
  }

  private static func digest(
    after digest: TreeHash, header: UnsafeRawBufferPointer, payload: UnsafeRawBufferPointer
  ) -> TreeHash {
    var hasher = SHA256()
    digest.withBytes { hasher.update(bufferPointer: $0) }
    hasher.update(bufferPointer: header)
    hasher.update(bufferPointer: payload)
    return TreeHash(hasher)
  }

  /// Reads a header; `nil` where there is none that was ever written.
  init?(header: ArraySlice<UInt8>) {
    guard header.count == Self.headerBytes, BigEndian.read(UInt32.self, header, at: 0) == Self.magic,
      BigEndian.read(UInt32.self, header, at: Self.checkedHeaderBytes)
        == Self.check(Array(header.prefix(Self.checkedHeaderBytes))),
      let first = Int(exactly: BigEndian.read(UInt64.self, header, at: 8))
    else { return nil }
    payloadBytes = Int(BigEndian.read(UInt32.self, header, at: 4))
    firstIndex = first
    entryCount = Int(BigEndian.read(UInt32.self, header, at: 16))
  }

  /// The beginning of the hash of all that stands before it.
  private static func check(_ header: [UInt8]) -> UInt32 {
    TreeHash.sha256(header).withBytes { BigEndian.read(UInt32.self, $0, at: 0) }
  }
}
