/// One fingerprint in one file; in order of fingerprints, then of files.
struct FingerprintEntry: Hashable, Comparable, Sendable {
  private let value: UInt64

  init(_ hash: UInt32, in file: UInt32) { value = UInt64(hash) << 32 | UInt64(file) }

  var hash: UInt32 { UInt32(truncatingIfNeeded: value >> 32) }
  var file: UInt32 { UInt32(truncatingIfNeeded: value) }

  static func < (one: Self, other: Self) -> Bool { one.value < other.value }
}

extension [FingerprintEntry] {
  /// In order, none twice; what is in too many files told once.
  ///
  /// What is common stays so: of which files it was, nobody knows any more.
  func settled() -> [FingerprintEntry] {
    let sorted = self.sorted()
    var settled: [FingerprintEntry] = []
    settled.reserveCapacity(count)
    var first = 0
    while first < sorted.count {
      let hash = sorted[first].hash
      let start = settled.count
      var next = first
      while next < sorted.count, sorted[next].hash == hash {
        if settled.count == start || settled[settled.count - 1] != sorted[next] { settled.append(sorted[next]) }
        next += 1
      }
      if settled.count - start > FingerprintLimits.filesOfOne || sorted[next - 1].file == FingerprintTable.common {
        settled.removeSubrange(start...)
        settled.append(FingerprintEntry(hash, in: FingerprintTable.common))
      }
      first = next
    }
    return settled
  }
}
