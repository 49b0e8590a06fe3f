/// Three bits of one word for each fingerprint: says of nearly all that are in no index that they are in none, at the cost
/// of one line of the cache (a Bloom filter in blocks of a word).
struct HashFilter: Sendable {
  private let words: FilterWords
  private let shift: UInt32

  /// Bits for each fingerprint: one in fifty of those that are in no index gets through.
  private static let bitsOfOne = 12
  private static let leastBits = 12
  private static let mostBits = 26

  /// - Parameters:
  ///   - tables: of one kind.
  ///   - keepsCommon: whether those are in it that stand in too many files to tell.
  init(_ tables: [FingerprintTable], keepsCommon: Bool = false) {
    let count = tables.reduce(0) { $0 + $1.count }
    var width = Self.leastBits
    while width < Self.mostBits, 1 << width < count * Self.bitsOfOne { width += 1 }
    let shift = UInt32(FingerprintLimits.hashBits - (width - 6))
    self.shift = shift
    words = FilterWords(count: 1 << (width - 6))
    let words = words.words
    for table in tables {
      table.forEach { entry in
        guard keepsCommon || entry.file != FingerprintTable.common else { return }
        words[Int(entry.hash >> shift)] |= Self.bits(of: entry.hash)
      }
    }
  }

  /// The bits of a fingerprint in its word; its first bits are the word's number and tell nothing more.
  @inline(__always)
  private static func bits(of hash: UInt32) -> UInt64 {
    let mixed = hash &* 0x9e37_79b1
    return 1 &<< UInt64(mixed &>> 26) | 1 &<< UInt64(mixed &>> 20 & 63) | 1 &<< UInt64(mixed &>> 14 & 63)
  }

  /// Keeps the candidates that may be in an index.
  ///
  /// - Parameter kept: has room for all of them; gets their numbers.
  /// - Returns: how many there are.
  @inline(__always)
  func sift(_ block: GramBlock, into kept: UnsafeMutablePointer<Int32>) -> Int {
    var count = 0
    // There are as many words as values of a hash without its last bits.
    let (hashes, shift, words) = (block.hashes, UInt32(truncatingIfNeeded: shift), UnsafePointer(words.words))
    for index in 0..<block.candidates {
      let hash = hashes[index]
      let bits = Self.bits(of: hash)
      kept[count] = Int32(truncatingIfNeeded: index)
      count &+= words[Int(hash &>> shift)] & bits == bits ? 1 : 0
    }
    return count
  }
}
