internal import Attribution
internal import Glibc

/// A text without the lines of licences, and without the few that stand between those.
enum LicenceFreeText {
  /// Lines between two of a licence that belong to it.
  private static let linesBetween = 4

  /// Gives what is left, in parts of whole lines.
  ///
  /// - Returns: the lines of the text.
  static func forEachPart(of text: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void) -> Int {
    guard let base = text.baseAddress else { return 0 }
    var (start, position, line) = (0, 0, 0)
    // Lines since the last one of a licence.
    var linesSince = Int.max
    while position < text.count {
      let found = memchr(base + position, Int32(CharacterReader.newline), text.count - position)
      let end = found.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) - base } ?? text.count
      if isLicence(base, position, end) {
        if linesSince > linesBetween, position > start { body(start..<position) }
        // What stands between two lines of one is let go with them.
        start = min(text.count, end + 1)
        linesSince = 0
      } else if linesSince <= linesBetween {
        linesSince += 1
      }
      position = end + 1
      line += 1
    }
    if start < text.count { body(start..<text.count) }
    return line
  }

  private static func isLicence(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var (start, end) = (start, end)
    while start < end, base[start] <= 0x20 { start += 1 }
    while end > start, base[end - 1] <= 0x20 { end -= 1 }
    return LicenceText.holds(base + start, end - start)
  }
}
