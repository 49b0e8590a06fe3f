/// What people and programs put before a line of text: numbers, the signs of a diff, quotes, comments, the file's name.
struct LineDecoration {
  let text: UnsafePointer<UInt8>

  /// Where the text begins without the decoration that it begins with, the end where it is nothing else; `nil` where it
  /// has none.
  ///
  /// - Parameters:
  ///   - start: of trimmed text, not at its end.
  func stripped(_ start: Int, _ end: Int) -> Int? {
    guard start < end, let next = afterDecoration(start, end) else { return nil }
    var position = next
    while position < end, text[position] <= 0x20 { position += 1 }
    return position > start ? position : nil
  }

  private func afterDecoration(_ start: Int, _ end: Int) -> Int? {
    switch text[start] {
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "|"), UInt8(ascii: "\""), UInt8(ascii: "'"),
      UInt8(ascii: "`"):
      // `--` begins a comment, too; `- -` may be two signs, which are taken off one after the other.
      return text[start] == UInt8(ascii: "-") && start + 1 < end && text[start + 1] == text[start]
        ? start + 2 : start + 1
    case UInt8(ascii: ">"):
      return skip(start, end) { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: " ") }
    case UInt8(ascii: "#"), UInt8(ascii: ";"), UInt8(ascii: "%"):
      return skip(start, end) { $0 == text[start] }
    case UInt8(ascii: "*"): return start + 1
    case UInt8(ascii: "/"):
      guard start + 1 < end, text[start + 1] == UInt8(ascii: "/") || text[start + 1] == UInt8(ascii: "*") else {
        return afterPath(start, end)
      }
      return skip(start + 1, end) { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "!") }
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return afterNumber(start, end) ?? afterPath(start, end)
    case UInt8(ascii: "L"):
      if start + 1 < end, isDigit(text[start + 1]), let next = afterNumber(start + 1, end) { return next }
      return afterPath(start, end)
    case UInt8(ascii: "["), UInt8(ascii: "("):
      let digits = skip(start + 1, end) { isDigit($0) }
      guard digits > start + 1, digits < end, text[digits] == UInt8(ascii: "]") || text[digits] == UInt8(ascii: ")")
      else { return nil }
      return digits + 1
    case 0xef:
      return start + 2 < end && text[start + 1] == 0xbb && text[start + 2] == 0xbf ? start + 3 : nil
    default: return afterPath(start, end)
    }
  }

  /// `12:`, `12→`, `12 |`, `12.`, `12)`, `12-`, or the number and white space.
  private func afterNumber(_ start: Int, _ end: Int) -> Int? {
    let digits = skip(start, end) { isDigit($0) }
    guard digits - start <= Self.mostDigits else { return nil }
    // A numbered blank line.
    guard digits < end else { return end }
    var next = skip(digits, end) { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard next < end else { return end }
    switch text[next] {
    // After white space these are the line's own; what of them is a decoration by itself is taken off next.
    case UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: ")"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: ">"), UInt8(ascii: "|"):
      guard next == digits else { return next }
      next += 1
    case 0xe2 where next + 2 < end:
      // An arrow, or a vertical line of a box.
      let isArrow = text[next + 1] == 0x86 && text[next + 2] == 0x92
      let isBox = text[next + 1] == 0x94 && text[next + 2] == 0x82
      guard isArrow || isBox else { return next > digits ? next : nil }
      next += 3
    default: return next > digits ? next : nil
    }
    return next
  }

  private static let mostDigits = 7
  private static let mostPathBytes = 248

  /// `path/to/file.ext:12:` as `grep` writes it, `path-12-` for its context, and `path:` without a number.
  private func afterPath(_ start: Int, _ end: Int) -> Int? {
    let reach = min(end, start + Self.mostPathBytes)
    var position = start
    var isPath = false
    var hasFolder = false
    // Of a path with spaces the first folder is told from the beginning of a sentence.
    while position < reach, isPathByte(text[position]) || hasFolder && text[position] == UInt8(ascii: " ") {
      if text[position] == UInt8(ascii: "."), position > start { isPath = true }
      if text[position] == UInt8(ascii: "/") { (isPath, hasFolder) = (true, true) }
      if isPath, text[position] == UInt8(ascii: "-"), let next = afterPathNumber(position, reach) { return next }
      position += 1
    }
    guard isPath, position < reach, text[position] == UInt8(ascii: ":") else { return nil }
    return afterPathNumber(position, reach) ?? position + 1
  }

  /// A number between two of the same sign.
  private func afterPathNumber(_ sign: Int, _ end: Int) -> Int? {
    let digits = skip(sign + 1, end) { isDigit($0) }
    guard digits > sign + 1, digits < end, text[digits] == text[sign] else { return nil }
    // A column may follow.
    let column = skip(digits + 1, end) { isDigit($0) }
    return column > digits + 1 && column < end && text[column] == text[sign] ? column + 1 : digits + 1
  }

  @inline(__always)
  private func isPathByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte < 0x40 ? Self.lowPathBytes : Self.highPathBytes) >> UInt64(byte & 0x3f) & 1 != 0
  }

  /// A bit for each byte of a path below 0x40, `+-./0123456789`, and from there on, `@A-Z_a-z`: constants, since what
  /// is computed is asked each time whether it was.
  private static var lowPathBytes: UInt64 { 0x03ff_e800_0000_0000 }
  private static var highPathBytes: UInt64 { 0x07ff_fffe_87ff_ffff }

  @inline(__always)
  private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  @inline(__always)
  private func skip(_ start: Int, _ end: Int, while isPart: (UInt8) -> Bool) -> Int {
    var position = start
    while position < end, isPart(text[position]) { position += 1 }
    return position
  }
}
