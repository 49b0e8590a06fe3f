/// One bit for so many fingerprints: says of nearly all that are in no index that they are in none, at the cost of one
/// line of the cache.
struct HashFilter: Sendable {
  private let bits: [UInt64]
  private let shift: UInt32

  /// Bits for each fingerprint: one in twelve of those that are in no index gets through.
  private static let bitsOfOne = 12
  private static let leastBits = 12
  private static let mostBits = 26

  /// - Parameter tables: of one kind.
  init(_ tables: [FingerprintTable]) {
    let count = tables.reduce(0) { $0 + $1.count }
    var width = Self.leastBits
    while width < Self.mostBits, 1 << width < count * Self.bitsOfOne { width += 1 }
    let shift = UInt32(FingerprintLimits.hashBits - width)
    self.shift = shift
    var bits = [UInt64](repeating: 0, count: 1 << (width - 6))
    bits.withUnsafeMutableBufferPointer { bits in
      for table in tables {
        table.forEach { entry in
          guard entry.file != FingerprintTable.common else { return }
          let bit = Int(entry.hash >> shift)
          bits[bit >> 6] |= 1 << UInt64(bit & 63)
        }
      }
    }
    self.bits = bits
  }

  /// Keeps the candidates that may be in an index.
  ///
  /// - Parameter kept: has room for all of them; gets their numbers.
  /// - Returns: how many there are.
  @inline(__always)
  func sift(_ block: GramBlock, into kept: UnsafeMutablePointer<Int32>) -> Int {
    var count = 0
    let (hashes, shift) = (block.hashes, shift)
    bits.withUnsafeBufferPointer { bits in
      // There are as many bits as values of a hash without its last bits.
      guard let bits = bits.baseAddress else { return }
      for index in 0..<block.candidates {
        let bit = Int(hashes[index] >> shift)
        kept[count] = Int32(truncatingIfNeeded: index)
        count &+= Int(truncatingIfNeeded: bits[bit >> 6] >> UInt64(bit & 63) & 1)
      }
    }
    return count
  }
}
