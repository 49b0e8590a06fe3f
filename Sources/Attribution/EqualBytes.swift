#if canImport(Glibc)
  internal import Glibc
#endif

/// How many bytes of two texts are equal.
package enum EqualBytes {
  /// Compared at once, the long ones first: most of what agents send is the same for long.
  private static let steps = [1024, 64]

  /// Bytes that are the same from the beginning on, at most as many as said.
  package static func atBeginning(
    _ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer, atMost most: Int = .max
  ) -> Int {
    guard let first = one.baseAddress, let second = other.baseAddress else { return 0 }
    let most = min(most, one.count, other.count)
    var count = 0
    for step in steps {
      while count + step <= most, memcmp(first + count, second + count, step) == 0 { count += step }
    }
    while count < most, one[count] == other[count] { count += 1 }
    return count
  }

  /// Bytes that are the same before the end, at most as many as said.
  static func atEnd(
    _ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer, atMost most: Int = .max
  ) -> Int {
    guard let first = one.baseAddress, let second = other.baseAddress else { return 0 }
    let (firstEnd, secondEnd) = (first + one.count, second + other.count)
    let most = min(most, one.count, other.count)
    var count = 0
    for step in steps {
      while count + step <= most, memcmp(firstEnd - count - step, secondEnd - count - step, step) == 0 { count += step }
    }
    while count < most, one[one.count - 1 - count] == other[other.count - 1 - count] { count += 1 }
    return count
  }
}
