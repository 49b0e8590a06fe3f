/// Memory that a look for own code uses again for each piece of a text.
final class ScanMemory {
  let block = GramBlock()
  /// Candidates of the block that may be in an index.
  let kept = UnsafeMutablePointer<Int32>.allocate(capacity: GramBlock.capacity)
  let lookups = TableLookups()
  /// Those that are.
  var matches: [FingerprintSet.Match] = []

  deinit { kept.deallocate() }
}
