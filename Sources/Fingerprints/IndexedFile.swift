/// What an index knows of one file, besides its fingerprints: enough to tell whether it changed.
struct IndexedFile: Hashable, Sendable {
  /// A keyed hash of the path below the root.
  let path: UInt64
  /// A keyed hash of size, times and file number; 0 where it may change without changing these.
  let stamp: UInt64
  let bytes: UInt32
  let lines: UInt32

  static let storedBytes = 24

  var stored: [UInt8] {
    var bytes: [UInt8] = []
    for number in [path, stamp, UInt64(lines) << 32 | UInt64(self.bytes)] {
      for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * index))) }
    }
    return bytes
  }

  /// - Precondition: there are ``storedBytes`` at the offset.
  init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    func number(_ index: Int) -> UInt64 {
      bytes.loadUnaligned(fromByteOffset: offset + 8 * index, as: UInt64.self).littleEndian
    }
    (path, stamp) = (number(0), number(1))
    self.bytes = UInt32(truncatingIfNeeded: number(2))
    lines = UInt32(truncatingIfNeeded: number(2) >> 32)
  }

  init(path: UInt64, stamp: UInt64, bytes: Int, lines: Int) {
    self.path = path
    self.stamp = stamp
    self.bytes = UInt32(clamping: bytes)
    self.lines = UInt32(clamping: lines)
  }
}
