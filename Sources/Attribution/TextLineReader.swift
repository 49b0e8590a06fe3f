internal import Glibc

/// Reads lines one after the other. A line ends with LF, CR LF or CR; a message's also with a separator.
struct TextLineReader {
  private let text: UnsafePointer<UInt8>
  private let count: Int
  private let isMessage: Bool
  private(set) var position: Int
  /// The next CR and the next separator, from ``position`` on.
  private var nextReturn: Int
  private var nextSeparator: Int

  /// RECORD SEPARATOR: a view of a message has it where text was left out.
  static let separator: UInt8 = 0x1e

  init(_ text: UnsafePointer<UInt8>, from position: Int, to count: Int, isMessage: Bool) {
    self.text = text
    self.count = count
    self.isMessage = isMessage
    self.position = position
    nextReturn = Self.find(0x0d, text, position, count)
    nextSeparator = isMessage ? Self.find(Int32(Self.separator), text, position, count) : count
  }

  @inline(__always)
  private static func find(_ byte: Int32, _ text: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Int {
    guard start < count, let found = memchr(text + start, byte, count - start) else { return count }
    return UnsafeRawPointer(found) - UnsafeRawPointer(text)
  }

  /// The next line; not to be called at the end of the text.
  @inline(__always)
  mutating func next() -> TextLine {
    if nextReturn < position { nextReturn = Self.find(0x0d, text, position, count) }
    if nextSeparator < position { nextSeparator = Self.find(Int32(Self.separator), text, position, count) }
    let stop = min(Self.find(0x0a, text, position, min(nextReturn, nextSeparator)), nextReturn, nextSeparator)
    var start = position
    while start + 8 <= stop {
      let word = UInt64(littleEndian: UnsafeRawPointer(text + start).loadUnaligned(as: UInt64.self))
      let others = word ^ 0x2020_2020_2020_2020
      if others != 0 {
        start += others.trailingZeroBitCount >> 3
        break
      }
      start += 8
    }
    while start < stop, text[start] <= 0x20 { start += 1 }
    var end = stop
    while end > start, text[end - 1] <= 0x20 { end -= 1 }
    guard stop < count else {
      position = count
      return TextLine(start: start, end: end, isCut: true)
    }
    let isPair = text[stop] == 0x0d && stop + 1 < count && text[stop + 1] == 0x0a
    position = stop + (isPair ? 2 : 1)
    return TextLine(start: start, end: end, isCut: isMessage && text[stop] == Self.separator)
  }
}
