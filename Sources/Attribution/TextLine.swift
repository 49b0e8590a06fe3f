/// Where a line's text stands, without the white space around it, and where the next line begins.
struct TextLine {
  /// The first byte that is not white space, or the line's end.
  let start: Int
  /// After the last byte that is not white space.
  let end: Int
  /// Where the next line begins; the end of the text after the last.
  let next: Int
  /// Whether nothing goes on across this line's end: the text was cut there by an encoding.
  let isCut: Bool
}

extension TextLine {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// RECORD SEPARATOR: a view of a message has it where text was left out.
  static let separator: UInt8 = 0x1e

  /// Reads the line that begins at `position`. A line ends with LF, CR LF or CR; a message's also with a separator.
  @inline(__always)
  static func read(
    _ text: UnsafePointer<UInt8>, from position: Int, to count: Int, isMessage: Bool
  ) -> TextLine {
    var start = position
    while start < count, isSpace(text[start], isMessage) { start += 1 }
    let stop = lineEnd(text, from: start, to: count, isMessage)
    var end = stop
    while end > start, text[end - 1] <= 0x20 { end -= 1 }
    guard stop < count else { return TextLine(start: start, end: end, next: count, isCut: true) }
    let byte = text[stop]
    let isPair = byte == 0x0d && stop + 1 < count && text[stop + 1] == 0x0a
    return TextLine(start: start, end: end, next: stop + (isPair ? 2 : 1), isCut: isMessage && byte == separator)
  }

  @inline(__always)
  private static func isSpace(_ byte: UInt8, _ isMessage: Bool) -> Bool {
    byte <= 0x20 && !isEnd(byte, isMessage)
  }

  /// The next LF, CR or separator: eight bytes at a time.
  @inline(__always)
  private static func lineEnd(
    _ text: UnsafePointer<UInt8>, from start: Int, to count: Int, _ isMessage: Bool
  ) -> Int {
    var position = start
    while position + 8 <= count {
      let word = UInt64(littleEndian: UnsafeRawPointer(text + position).loadUnaligned(as: UInt64.self))
      // Bytes below 0x20, which text has few of; exact up to the first of them.
      var hits = (word &- ones &* 0x20) & ~word & highs
      while hits != 0 {
        let index = position + hits.trailingZeroBitCount >> 3
        if isEnd(text[index], isMessage) { return index }
        hits &= hits &- 1
      }
      position += 8
    }
    while position < count, !isEnd(text[position], isMessage) { position += 1 }
    return position
  }

  @inline(__always)
  private static func isEnd(_ byte: UInt8, _ isMessage: Bool) -> Bool {
    byte == 0x0a || byte == 0x0d || isMessage && byte == separator
  }
}
