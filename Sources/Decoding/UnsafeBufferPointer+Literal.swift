#if canImport(Glibc)
  internal import Glibc
#endif

extension UnsafeBufferPointer<UInt8> {
  /// Where a byte stands first in a part.
  func first(_ byte: UInt8, in part: Range<Int>) -> Int? {
    guard let baseAddress, !part.isEmpty,
      let found = memchr(baseAddress + part.lowerBound, Int32(byte), part.count)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(baseAddress)
  }

  /// Where a literal stands first in a part.
  func first(_ literal: [UInt8], in part: Range<Int>) -> Int? {
    var from = part.lowerBound
    while let start = first(literal[0], in: from..<part.upperBound) {
      if start + literal.count <= part.upperBound, has(literal, at: start) { return start }
      from = start + 1
    }
    return nil
  }

  func has(_ literal: [UInt8], at start: Int) -> Bool {
    start >= 0 && start + literal.count <= count && literal.indices.allSatisfy { self[start + $0] == literal[$0] }
  }
}
