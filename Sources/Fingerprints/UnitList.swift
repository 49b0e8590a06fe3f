/// The units of a block while they are written: where it is known that nobody else writes.
struct UnitList {
  private let units: UnsafeMutablePointer<UInt8>
  private let ends: UnsafeMutablePointer<Int32>
  private(set) var count: Int

  init(_ block: GramBlock) { (units, ends, count) = (block.units, block.ends, block.count) }

  @inline(__always)
  mutating func append(_ unit: UInt8, endingAt end: Int) {
    units[count] = unit
    ends[count] = Int32(truncatingIfNeeded: end)
    count &+= 1
  }
}
