#if canImport(Glibc)
  internal import Glibc
#endif

/// Finds the first of two bytes, eight at a time.
struct EscapeSearch {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  private let first: UInt64
  private let second: UInt64

  init(_ bytes: (UInt8, UInt8)) {
    first = UInt64(bytes.0) * Self.ones
    second = UInt64(bytes.1) * Self.ones
  }

  /// The index of the first such byte in eight, 8 where there is none. Exact: a false hit of the trick stands only
  /// after a true one.
  @inline(__always)
  func index(in word: UInt64) -> Int {
    let one = word ^ first
    let two = word ^ second
    let hits = ((one &- Self.ones) & ~one | (two &- Self.ones) & ~two) & Self.highs
    return hits == 0 ? 8 : hits.trailingZeroBitCount >> 3
  }

  @inline(__always)
  static func word(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
  }

  @inline(__always)
  func matches(_ byte: UInt8) -> Bool {
    byte == UInt8(truncatingIfNeeded: first) || byte == UInt8(truncatingIfNeeded: second)
  }

  /// The position of the first byte beyond ASCII, or one at most 63 before it; `end` where there is none.
  static func firstBeyondASCII(in bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
    var position = start
    while position + 64 <= end {
      var all: UInt64 = 0
      for offset in stride(from: 0, to: 64, by: 8) { all |= word(bytes + position + offset) }
      guard all & highs == 0 else { return position }
      position += 64
    }
    while position < end, bytes[position] < 0x80 { position += 1 }
    return position
  }

  /// The position of the first such byte, or `end`.
  func first(in bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
    if first == second, start < end {
      let found = memchr(bytes + start, Int32(first & 0xff), end - start)
      return found.map { $0 - UnsafeMutableRawPointer(mutating: bytes) } ?? end
    }
    var position = start
    while position + 8 <= end {
      let index = index(in: Self.word(bytes + position))
      if index < 8 { return position + index }
      position += 8
    }
    while position < end, !matches(bytes[position]) { position += 1 }
    return position
  }
}
