#if canImport(Glibc)
  internal import Glibc
#endif

/// A body that was inspected, and where inspection can go on in bodies that begin like it.
final class RememberedBody: Sendable {
  let bytes: [UInt8]
  /// In their order.
  let points: [ResumablePoint]
  /// Bytes at its end that were not in the next body: brackets, and what the sender puts behind what grows.
  let tail: Int

  init(_ bytes: [UInt8], _ points: [ResumablePoint], tail: Int) {
    self.bytes = bytes
    self.points = points
    self.tail = tail
  }

  /// What it takes in memory.
  var heldBytes: Int { points.reduce(bytes.capacity) { $0 + $1.heldBytes } }

  /// The last point in what another body has in common with it.
  func point(within common: Int) -> ResumablePoint? { points.last { $0.offset <= common && $0.isCurrent } }

  /// How many of the bytes stand here from the offset on.
  func common(with other: UnsafeRawBufferPointer, from offset: Int) -> Int {
    bytes.withUnsafeBytes { bytes in
      guard let one = bytes.baseAddress, let two = other.baseAddress else { return 0 }
      let most = min(bytes.count - offset, other.count)
      var count = 0
      while count + Self.longStep <= most, memcmp(one + offset + count, two + count, Self.longStep) == 0 {
        count += Self.longStep
      }
      while count + Self.shortStep <= most, memcmp(one + offset + count, two + count, Self.shortStep) == 0 {
        count += Self.shortStep
      }
      while count < most, bytes[offset + count] == other[count] { count += 1 }
      return count
    }
  }

  /// Whether both have the same bytes there.
  func isSame(as other: RememberedBody, in range: Range<Int>) -> Bool {
    guard range.upperBound <= min(bytes.count, other.bytes.count) else { return false }
    return other.bytes.withUnsafeBytes {
      common(with: UnsafeRawBufferPointer(rebasing: $0[range]), from: range.lowerBound) == range.count
    }
  }

  private static let longStep = 4096
  private static let shortStep = 64
}
