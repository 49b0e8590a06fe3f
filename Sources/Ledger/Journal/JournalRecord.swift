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
    var payload: [UInt8] = []
    payload.reserveCapacity(entries.reduce(0) { $0 + $1.count + 2 })
    for entry in entries { EntryBundle.append(entry, to: &payload) }
    var header = BigEndian.bytes(magic) + BigEndian.bytes(UInt32(payload.count))
    header += BigEndian.bytes(UInt64(firstIndex)) + BigEndian.bytes(UInt32(entries.count))
    header += check(header)
    let next = TreeHash.sha256(digest.bytes, header, payload)
    return (header + next.bytes + payload, next)
  }

  /// Reads a header; `nil` where there is none that was ever written.
  init?(header: ArraySlice<UInt8>) {
    guard header.count == Self.headerBytes, BigEndian.read(UInt32.self, header, at: 0) == Self.magic,
      Array(header.suffix(4)) == Self.check(Array(header.prefix(Self.checkedHeaderBytes))),
      let first = Int(exactly: BigEndian.read(UInt64.self, header, at: 8))
    else { return nil }
    payloadBytes = Int(BigEndian.read(UInt32.self, header, at: 4))
    firstIndex = first
    entryCount = Int(BigEndian.read(UInt32.self, header, at: 16))
  }

  private static func check(_ header: [UInt8]) -> [UInt8] { Array(TreeHash.sha256(header).bytes.prefix(4)) }
}
