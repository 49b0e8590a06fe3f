/// The units of a block while they are written: where it is known that nobody else writes.
struct UnitList {
  private let units: UnsafeMutablePointer<UInt8>
  private let ends: UnsafeMutablePointer<Int32>
  private(set) var count: Int
  let words: UnsafePointer<(word: UInt64, unit: UInt8)>

  init(_ block: GramBlock) { (units, ends, count, words) = (block.units, block.ends, block.count, block.words) }

  @inline(__always)
  mutating func append(_ unit: UInt8, endingAt end: Int) {
    units[count] = unit
    ends[count] = Int32(truncatingIfNeeded: end)
    count &+= 1
  }
}
