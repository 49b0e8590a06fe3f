/// The last checkpoint that was signed, and which journal goes on from it: the ledger's own memory, which the published
/// checkpoint is compared with.
///
/// The file has two slots, written in turn, so that one of them is whole at any instant. One slot: magic (8) ·
/// sequence (8) · journal base (8) · note length (4) · note · SHA-256 of all that (32) · zeros.
struct StateRecord: Sendable, Hashable {
  static let fileName = "state"
  private static let magic = Array("SPSTATE1".utf8)
  private static let fixedBytes = 28

  /// Counts from 1; the slot is its parity.
  let sequence: UInt64
  let journalBase: Int
  /// The signed checkpoint.
  let note: [UInt8]

  init(sequence: UInt64, journalBase: Int, note: [UInt8]) {
    self.sequence = sequence
    self.journalBase = journalBase
    self.note = note
  }

  /// Where its slot begins in the file.
  var offset: Int { Int(sequence & 1) * LedgerLimits.stateSlotBytes }

  /// One whole slot.
  var slot: [UInt8] {
    var bytes = Self.magic + BigEndian.bytes(sequence) + BigEndian.bytes(UInt64(journalBase))
    bytes += BigEndian.bytes(UInt32(note.count)) + note
    bytes += TreeHash.sha256(bytes).bytes
    return bytes + [UInt8](repeating: 0, count: max(0, LedgerLimits.stateSlotBytes - bytes.count))
  }

  private init?(slot: [UInt8], parity: UInt64) {
    guard slot.count == LedgerLimits.stateSlotBytes, slot.starts(with: Self.magic) else { return nil }
    let sequence = BigEndian.read(UInt64.self, slot, at: 8)
    let length = Int(BigEndian.read(UInt32.self, slot, at: 24))
    let end = Self.fixedBytes + length
    guard end + TreeHash.byteCount <= slot.count, sequence & 1 == parity,
      let base = Int(exactly: BigEndian.read(UInt64.self, slot, at: 16)),
      TreeHash.sha256(Array(slot[..<end])).bytes == Array(slot[end..<end + TreeHash.byteCount]),
      slot[(end + TreeHash.byteCount)...].allSatisfy({ $0 == 0 })
    else { return nil }
    self.init(sequence: sequence, journalBase: base, note: Array(slot[Self.fixedBytes..<end]))
  }

  /// Both slots of a state file, the newer first.
  struct Pair: Sendable, Hashable {
    let newest: StateRecord
    /// The one before; `nil` where there is none yet, or where its slot is not whole.
    let previous: StateRecord?
    /// Whether a slot is not as it was written.
    let isDamaged: Bool

    /// - Returns: `nil` where no slot is whole.
    init?(_ file: [UInt8]) {
      guard file.count == 2 * LedgerLimits.stateSlotBytes else { return nil }
      let even = StateRecord(slot: Array(file[..<LedgerLimits.stateSlotBytes]), parity: 0)
      let odd = StateRecord(slot: Array(file[LedgerLimits.stateSlotBytes...]), parity: 1)
      let records = [even, odd].compactMap { $0 }.sorted { $0.sequence > $1.sequence }
      guard let newest = records.first else { return nil }
      self.newest = newest
      let previous = records.dropFirst().first
      self.previous = previous.flatMap { $0.sequence == newest.sequence - 1 ? $0 : nil }
      // Slot 0 stays blank until the second record. A slot lies within one sector, so no power cut tears it.
      let isBlank = file[..<LedgerLimits.stateSlotBytes].allSatisfy { $0 == 0 }
      isDamaged = newest.sequence > 1 ? self.previous == nil : !isBlank
    }
  }
}
