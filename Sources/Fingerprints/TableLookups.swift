/// What a look into a table for many fingerprints at once found so far: each step of it is made for all of them before the
/// next one, so that they wait for memory together and not one after the other.
final class TableLookups {
  /// First where the bits of a bucket are, then the first of its entries, and one behind the last.
  let first = UnsafeMutablePointer<Int>.allocate(capacity: GramBlock.capacity)
  let end = UnsafeMutablePointer<Int>.allocate(capacity: GramBlock.capacity)

  /// What was only read so that it is near.
  var touched: UInt64 = 0

  deinit {
    first.deallocate()
    end.deallocate()
  }

  @inline(__always)
  func entries(_ index: Int) -> Range<Int> { first[index]..<end[index] }
}
