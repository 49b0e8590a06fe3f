#if canImport(Glibc)
  internal import Glibc
#endif

/// Finds the first of one or two bytes, or of all beyond ASCII, eight at a time.
struct EscapeSearch {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  private enum Aim { case one, two, beyondASCII, quotesAndLines, endsOfLetters }

  private let aim: Aim
  private let first: UInt64
  private let second: UInt64

  init(for byte: UInt8, or other: UInt8? = nil) {
    aim = other == nil ? .one : .two
    first = UInt64(byte) * Self.ones
    second = UInt64(other ?? byte) * Self.ones
  }

  static let beyondASCII = EscapeSearch(.beyondASCII)
  /// Both quotes, carriage returns and line feeds.
  static let quotesAndLines = EscapeSearch(.quotesAndLines)

  /// What does not stand for itself in a string of JSON: a quote, a backslash, and control characters, which it does not
  /// have (RFC 8259 §7).
  static let endsOfLetters = EscapeSearch(.endsOfLetters)

  private init(_ aim: Aim) { (self.aim, first, second) = (aim, 0, 0) }

  /// The index of the first such byte in eight, 8 where there is none. Exact: a false hit of the trick stands only
  /// after a true one.
  @inline(__always)
  func index(in word: UInt64) -> Int {
    let one = word ^ first
    let two = word ^ second
    let hits =
      switch aim {
      case .one: (one &- Self.ones) & ~one & Self.highs
      case .two: ((one &- Self.ones) & ~one | (two &- Self.ones) & ~two) & Self.highs
      case .beyondASCII: word & Self.highs
      case .quotesAndLines:
        (Self.zeros(word ^ 0x22 &* Self.ones) | Self.zeros(word ^ 0x27 &* Self.ones)
          | Self.zeros(word ^ 0x0a &* Self.ones) | Self.zeros(word ^ 0x0d &* Self.ones)) & Self.highs
      case .endsOfLetters:
        (Self.zeros(word ^ 0x22 &* Self.ones) | Self.zeros(word ^ 0x5c &* Self.ones)
          | (word &- 0x20 &* Self.ones) & ~word) & Self.highs
      }
    return hits == 0 ? 8 : hits.trailingZeroBitCount >> 3
  }

  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }

  @inline(__always)
  static func word(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
  }

  @inline(__always)
  func matches(_ byte: UInt8) -> Bool {
    switch aim {
    case .one, .two: byte == UInt8(truncatingIfNeeded: first) || byte == UInt8(truncatingIfNeeded: second)
    case .beyondASCII: byte >= 0x80
    case .quotesAndLines: byte == 0x22 || byte == 0x27 || byte == 0x0a || byte == 0x0d
    case .endsOfLetters: byte == 0x22 || byte == 0x5c || byte < 0x20
    }
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
    if aim == .one, start < end {
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
