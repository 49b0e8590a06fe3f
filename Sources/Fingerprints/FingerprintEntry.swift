/// One fingerprint in one file; in order of fingerprints, then of files, then of places.
struct FingerprintEntry: Hashable, Comparable, Sendable {
  /// 28 bits of the fingerprint, 28 of the file, 8 of the place.
  private let value: UInt64

  private static let fileMask: UInt64 = (1 << 28) - 1

  /// - Parameter place: 0 where it does not matter.
  init(_ hash: UInt32, in file: UInt32, at place: UInt8 = 0) {
    value = UInt64(hash) << 36 | (UInt64(file) & Self.fileMask) << 8 | UInt64(place)
  }

  init(_ hash: UInt32, _ spot: FingerprintSpot) { self.init(hash, in: spot.file, at: spot.place) }

  var hash: UInt32 { UInt32(truncatingIfNeeded: value >> 36) }

  var file: UInt32 {
    let file = value >> 8 & Self.fileMask
    return file == Self.fileMask ? FingerprintTable.common : UInt32(truncatingIfNeeded: file)
  }

  var place: UInt8 { UInt8(truncatingIfNeeded: value) }

  static func < (one: Self, other: Self) -> Bool { one.value < other.value }
}

/// Where one fingerprint stands: in which file, and at which place of it, in the lowest bits.
struct FingerprintSpot: Hashable, Sendable {
  let file: UInt32
  let place: UInt8
}

extension [FingerprintEntry] {
  /// In order, none twice, few of one file; what is in too many files told once.
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
      var (next, files, places) = (first, 0, 0)
      while next < sorted.count, sorted[next].hash == hash {
        let entry = sorted[next]
        if next == first || sorted[next - 1].file != entry.file { (files, places) = (files + 1, 0) }
        if next == first || sorted[next - 1] != entry, places < FingerprintLimits.placesOfOne {
          settled.append(entry)
          places += 1
        }
        next += 1
      }
      if files > FingerprintLimits.filesOfOne || sorted[next - 1].file == FingerprintTable.common {
        settled.removeSubrange(start...)
        settled.append(FingerprintEntry(hash, in: FingerprintTable.common))
      }
      first = next
    }
    return settled
  }
}
