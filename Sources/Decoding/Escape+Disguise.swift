extension Escape {
  /// A character of three bytes that is nothing to the eye, or a letter or digit of another width.
  static func disguise(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Reading {
    guard text.count > 2 else {
      let isPossible = text.count < 2 || (text[0] == 0xe2 ? [0x80, 0x81] : [0xb8, 0xbb, 0xbc, 0xbd]).contains(text[1])
      return isLast || !isPossible ? .none : .cut
    }
    if isUnseen(text, at: 0) { return unseen(text, isLast: isLast) }
    switch (text[0], text[1], text[2]) {
    // U+FF10, U+FF21, U+FF41 and those after them; the hyphen and the low line, which tokens hold too.
    case (0xef, 0xbc, let last) where (0x90...0x99).contains(last) || (0xa1...0xba).contains(last):
      return .decoded(Escape(last - 0x60, encoded: 3))
    case (0xef, 0xbc, 0x8d), (0xef, 0xbc, 0xbf): return .decoded(Escape(text[2] - 0x60, encoded: 3))
    case (0xef, 0xbd, let last) where (0x81...0x9a).contains(last): return .decoded(Escape(last - 0x20, encoded: 3))
    default: return .none
    }
  }

  private static func isUnseen(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
    switch (text[offset], text[offset + 1], text[offset + 2]) {
    case (0xe2, 0x80, 0x8b...0x8f), (0xe2, 0x80, 0xaa...0xae), (0xe2, 0x81, 0xa0...0xaf), (0xef, 0xb8, 0x80...0x8f),
      (0xef, 0xbb, 0xbf):
      true
    default: false
    }
  }

  /// In emoji and in scripts that join their letters such a character is followed by another beyond ASCII: there it is
  /// what it is meant to be.
  private static func unseen(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Reading {
    var end = 3
    while end + 3 <= text.count, end < longestUnseen, isUnseen(text, at: end) { end += 3 }
    guard end < text.count else { return isLast ? .none : .cut }
    let mayBeUnseen = (text[end] == 0xe2 || text[end] == 0xef) && end + 3 > text.count
    if mayBeUnseen, !isLast { return .cut }
    return text[end] < 0x80 || end >= longestUnseen ? .decoded(Escape(nothing: 3)) : .none
  }

  /// Bytes of unseen characters in a row after which nobody writes emoji any more.
  private static let longestUnseen = 12
}
