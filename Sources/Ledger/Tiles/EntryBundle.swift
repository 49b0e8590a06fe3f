/// The entries beneath one level-0 tile, each behind its length in two bytes, the higher byte first.
package enum EntryBundle {
  /// - Precondition: at most 65,535 bytes, which `append` has checked.
  static func append(_ entry: some Collection<UInt8>, to bundle: inout [UInt8]) {
    BigEndian.append(UInt16(entry.count), to: &bundle)
    bundle += entry
  }

  /// What the entries take.
  static func byteCount(of entries: [[UInt8]]) -> Int {
    entries.reduce(0) { $0 + MemoryLayout<UInt16>.size + $1.count }
  }

  /// Where each entry lies in the bundle.
  ///
  /// - Returns: `nil` where the lengths do not add up to the bundle's.
  package static func ranges(in bundle: [UInt8]) -> [Range<Int>]? {
    let (ranges, isWhole) = readableRanges(in: bundle)
    return isWhole ? ranges : nil
  }

  /// The entries up to the first that does not fit in, and whether there was none such.
  static func readableRanges(in bundle: [UInt8]) -> (ranges: [Range<Int>], isWhole: Bool) {
    var ranges: [Range<Int>] = []
    var offset = 0
    while offset < bundle.count {
      guard bundle.count - offset >= 2 else { return (ranges, false) }
      let length = Int(bundle[offset]) << 8 | Int(bundle[offset + 1])
      offset += 2
      guard bundle.count - offset >= length else { return (ranges, false) }
      ranges.append(offset..<offset + length)
      offset += length
    }
    return (ranges, true)
  }
}
