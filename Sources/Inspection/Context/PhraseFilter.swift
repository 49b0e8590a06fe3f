/// Tells of nearly every word of a text that no phrase has it, at the price of one look into 16 KB.
struct PhraseFilter: Sendable {
  /// Two bits for each hash: it is a phrase's, it is that of a phrase's last word of several.
  private var bits = [UInt8](repeating: 0, count: 1 << bitsOfSlot)
  private static let bitsOfSlot = 14

  init() {}

  mutating func insert(_ phrase: UInt64, ending lastWord: UInt64) {
    bits[Self.slot(phrase)] |= 1 << Self.pair(phrase)
    if phrase != lastWord { bits[Self.slot(lastWord)] |= 2 << Self.pair(lastWord) }
  }

  func mayContain(_ phrase: UInt64) -> Bool { withReading { $0.mayContain(phrase) } }

  /// For many questions in a row, none of which counts a reference.
  func withReading<Result>(_ body: (Reading) -> Result) -> Result {
    bits.withUnsafeBufferPointer { body(Reading(bits: $0)) }
  }

  struct Reading {
    fileprivate let bits: UnsafeBufferPointer<UInt8>

    func mayContain(_ phrase: UInt64) -> Bool { bits[PhraseFilter.slot(phrase)] >> PhraseFilter.pair(phrase) & 1 != 0 }

    /// Whether one of the two may be.
    @inline(__always)
    func mayBeAny(_ word: UInt64) -> Bool { bits[PhraseFilter.slot(word)] >> PhraseFilter.pair(word) & 3 != 0 }

    /// Whether a phrase of several words may end with the word of this hash.
    func mayEnd(_ word: UInt64) -> Bool { bits[PhraseFilter.slot(word)] >> PhraseFilter.pair(word) & 2 != 0 }
  }

  fileprivate static func slot(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 20) & (1 << bitsOfSlot - 1) }

  fileprivate static func pair(_ hash: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: hash >> 40) & 3 * 2 }
}

extension PhraseFilter: ArchivedValue {
  init(from archive: inout ArchiveReader) throws(DamagedArchive) {
    bits = try archive.elements()
    guard bits.count == 1 << Self.bitsOfSlot else { throw DamagedArchive() }
  }

  func write(to archive: inout ArchiveWriter) { archive.write(elements: bits) }
}
