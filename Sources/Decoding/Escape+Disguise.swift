extension Escape {
  /// A character that is nothing to the eye, or a letter or digit of another width, another style or another script
  /// that looks like one of ASCII.
  static func disguise(_ text: UnsafeBufferPointer<UInt8>, behind: Int, isLast: Bool) -> Reading {
    let length = length(ofFirst: text[0])
    guard length > 1 else { return .none }
    guard text.count >= length else {
      let mayBe = text.count < 2 || mayBeDisguise(text[0], text[1])
      return isLast || !mayBe ? .none : .cut
    }
    if let byte = selectedByte(text, at: 0) {
      switch isSelectedInRow(text, length, behind: behind, isLast: isLast) {
      case nil: return .cut
      case true?: return .decoded(Escape(byte, encoded: length))
      case false?: break
      }
    }
    if unseenLength(text, at: 0) > 0 { return unseen(text, isLast: isLast) }
    switch (text[0], text[1], text[length - 1]) {
    // U+FF10, U+FF21, U+FF41 and those after them; the hyphen and the low line, which tokens hold too.
    case (0xef, 0xbc, let last) where (0x90...0x99).contains(last) || (0xa1...0xba).contains(last):
      return .decoded(Escape(last - 0x60, encoded: 3))
    case (0xef, 0xbc, 0x8d), (0xef, 0xbc, 0xbf): return .decoded(Escape(text[2] - 0x60, encoded: 3))
    case (0xef, 0xbc, let last) where isMark(last) && followsWide(text, behind: behind):
      return .decoded(Escape(last - 0x60, encoded: 3))
    case (0xef, 0xbd, let last) where (0x81...0x9a).contains(last): return .decoded(Escape(last - 0x20, encoded: 3))
    case (0xf0, 0x9d, let last): return styled(UInt32(text[2] & 0x3f) << 6 | UInt32(last & 0x3f))
    // U+E0020...U+E007E, which no program shows, and those for tabs and the ends of lines.
    case (0xf3, 0xa0, let last)
    where text[2] == 0x80 && (last >= 0xa0 || last == 0x89 || last == 0x8a || last == 0x8d)
      || text[2] == 0x81 && last < 0xbf:
      return .decoded(Escape((text[2] & 1) << 6 | last & 0x3f, encoded: 4))
    default: return length == 2 ? lookalike(text, behind: behind, isLast: isLast) : .none
    }
  }

  /// U+FF0B, U+FF0E, U+FF0F, U+FF1A, U+FF1D and U+FF20: what joins the parts of addresses, connections and tokens.
  private static func isMark(_ last: UInt8) -> Bool {
    switch last {
    case 0x8b, 0x8e, 0x8f, 0x9a, 0x9d, 0xa0: true
    default: false
    }
  }

  /// Whether a wide letter or digit, or such a mark, stands before the text: Chinese and Japanese have wide marks of their
  /// own.
  private static func followsWide(_ text: UnsafeBufferPointer<UInt8>, behind: Int) -> Bool {
    guard behind > 2, let start = text.baseAddress, start[-3] == 0xef else { return false }
    return switch (start[-2], start[-1]) {
    case (0xbc, 0x90...0x99), (0xbc, 0xa1...0xba), (0xbc, 0x8d), (0xbc, 0xbf), (0xbd, 0x81...0x9a): true
    case (0xbc, let last): isMark(last)
    default: false
    }
  }

  /// Bytes of a character that begins so; 1 for what begins none (RFC 3629 §4).
  @inline(__always)
  static func length(ofFirst byte: UInt8) -> Int {
    switch byte {
    case 0xc2...0xdf: 2
    case 0xe0...0xef: 3
    case 0xf0...0xf4: 4
    default: 1
    }
  }

  private static func mayBeDisguise(_ first: UInt8, _ second: UInt8) -> Bool {
    switch (first, second) {
    case (0xe1, 0xa0), (0xe2, 0x80...0x81), (0xef, 0xb8), (0xef, 0xbb...0xbd), (0xf0, 0x9d), (0xf3, 0xa0): true
    default: false
    }
  }

  /// Letters and digits of mathematics: thirteen alphabets, five rows of digits (Unicode 16, U+1D400...U+1D7FF).
  ///
  /// - Parameter index: from U+1D000 on.
  private static func styled(_ index: UInt32) -> Reading {
    switch index {
    case 0x400..<0x400 + 13 * 52:
      let letter = UInt8((index - 0x400) % 52)
      return .decoded(Escape(letter < 26 ? 0x41 + letter : 0x61 + letter - 26, encoded: 4))
    case 0x7ce...0x7ff: return .decoded(Escape(0x30 + UInt8((index - 0x7ce) % 10), encoded: 4))
    default: return .none
    }
  }

  // MARK: Selectors

  /// The byte that a variation selector stands for where somebody writes bytes in them: U+FE00...U+FE0F, and
  /// U+E0100...U+E01EF for those after them.
  private static func selectedByte(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt8? {
    guard offset + 2 < text.count else { return nil }
    if text[offset] == 0xef, text[offset + 1] == 0xb8, text[offset + 2] < 0x90 { return text[offset + 2] & 0x0f }
    guard isSupplementary(text, at: offset) else { return nil }
    return (text[offset + 2] & 3) << 6 + (text[offset + 3] & 0x3f) + 16
  }

  /// Whether the selector is one of several in a row, of which one at least is of those that only scholars use.
  ///
  /// - Returns: `nil` where bytes that are not there yet decide.
  private static func isSelectedInRow(
    _ text: UnsafeBufferPointer<UInt8>, _ length: Int, behind: Int, isLast: Bool
  ) -> Bool? {
    let isOne = length == 4
    if let start = text.baseAddress {
      let before = UnsafeBufferPointer(start: start - min(4, behind), count: min(4, behind))
      if before.count == 4, isSupplementary(before, at: 0) { return true }
      if isOne, before.count > 2, selectedByte(before, at: before.count - 3) != nil { return true }
    }
    if isSupplementary(text, at: length) || isOne && selectedByte(text, at: length) != nil { return true }
    let rest = text.count - length
    guard !isLast, rest < 4 else { return false }
    let beginning: [UInt8] = [0xf3, 0xa0]
    let isPossible =
      text[length...].prefix(2).elementsEqual(beginning.prefix(rest))
      || rest < 3 && text[length...].elementsEqual([0xef, 0xb8].prefix(rest))
    return isPossible ? nil : false
  }

  private static func isSupplementary(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
    offset + 3 < text.count && text[offset] == 0xf3 && text[offset + 1] == 0xa0
      && (0x84...0x87).contains(text[offset + 2])
      && (0x80...(text[offset + 2] == 0x87 ? 0xaf : 0xbf)).contains(text[offset + 3])
  }

  // MARK: Unseen

  /// Bytes of a character that nobody sees; 0 where there is none.
  private static func unseenLength(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
    guard offset + 1 < text.count else { return 0 }
    switch (text[offset], text[offset + 1]) {
    // Soft hyphen, grapheme joiner, Arabic letter mark.
    case (0xc2, 0xad), (0xcd, 0x8f), (0xd8, 0x9c): return 2
    default: break
    }
    guard offset + 2 < text.count else { return 0 }
    switch (text[offset], text[offset + 1], text[offset + 2]) {
    case (0xe1, 0xa0, 0x8e), (0xe2, 0x80, 0x8b...0x8f), (0xe2, 0x80, 0xaa...0xae), (0xe2, 0x81, 0xa0...0xaf),
      (0xef, 0xb8, 0x80...0x8f), (0xef, 0xbb, 0xbf):
      return 3
    default: return 0
    }
  }

  /// In emoji and in scripts that join their letters such a character is followed by another beyond ASCII: there it is
  /// what it is meant to be.
  private static func unseen(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Reading {
    let first = unseenLength(text, at: 0)
    var end = first
    while end < longestUnseen, case let length = unseenLength(text, at: end), length > 0 { end += length }
    if end >= longestUnseen { return .decoded(Escape(nothing: first)) }
    guard end < text.count else { return isLast ? .none : .cut }
    if text[end] < 0x80 { return .decoded(Escape(nothing: first)) }
    guard end + length(ofFirst: text[end]) <= text.count else { return isLast ? .none : .cut }
    let isLetter = Lookalikes.letter(text[end], end + 1 < text.count ? text[end + 1] : 0) != nil
    return isLetter || isNeedless(text, before: text[end]) ? .decoded(Escape(nothing: first)) : .none
  }

  /// Whether no script has the unseen character that the text begins with where it stands: spaces and joiners of words of
  /// no width and soft hyphens nowhere before a letter, joiners of letters not before those that are never joined.
  private static func isNeedless(_ text: UnsafeBufferPointer<UInt8>, before next: UInt8) -> Bool {
    // Emoji begin with these.
    guard next != 0xe2, next != 0xf0 else { return false }
    switch (text[0], text[1], text.count > 2 ? text[2] : 0) {
    case (0xc2, 0xad, _), (0xcd, 0x8f, _), (0xe2, 0x80, 0x8b), (0xe2, 0x81, 0xa0...0xa4), (0xef, 0xbb, 0xbf):
      return true
    // Latin, Greek, Cyrillic; Kana, Han and Hangul.
    case (0xe2, 0x80, 0x8c...0x8d):
      return (0xc3...0xd4).contains(next) || (0xe3...0xe9).contains(next) || (0xeb...0xec).contains(next)
    default: return false
    }
  }

  /// Bytes of unseen characters in a row after which nobody writes emoji any more.
  private static let longestUnseen = 12

  // MARK: Lookalikes

  /// A letter that looks like one of ASCII counts where it stands in a word with one of ASCII: words of one script are
  /// what they seem.
  private static func lookalike(_ text: UnsafeBufferPointer<UInt8>, behind: Int, isLast: Bool) -> Reading {
    guard let letter = Lookalikes.letter(text[0], text[1]) else { return .none }
    let decoded = Reading.decoded(Escape(letter, encoded: 2))
    if followsLetter(text, behind: behind) { return decoded }
    var end = 2
    while end < longestLookalikes {
      guard end < text.count else { return isLast ? .none : .cut }
      if text[end] == UInt8(ascii: "-") {
        // The words of a key may be joined by hyphens, of which the first has nothing of ASCII.
        guard end + lookalikesBehind(text, behind: behind) >= shortestLookalikes else { return .none }
        guard end + 1 < text.count else { return isLast ? .none : .cut }
        return isWord(text[end + 1]) ? decoded : .none
      }
      if text[end] < 0x80 { return isWord(text[end]) ? decoded : .none }
      guard end + 1 < text.count else { return isLast ? .none : .cut }
      guard Lookalikes.letter(text[end], text[end + 1]) != nil else { return .none }
      end += 2
    }
    return .none
  }

  /// Whether before the text, and before other lookalikes, stands a letter of ASCII.
  private static func followsLetter(_ text: UnsafeBufferPointer<UInt8>, behind: Int) -> Bool {
    let back = lookalikesBehind(text, behind: behind)
    guard let start = text.baseAddress, back < min(behind, longestLookalikes) else { return false }
    return isWord(start[-back - 1])
  }

  /// Bytes of lookalikes in a row before the text.
  private static func lookalikesBehind(_ text: UnsafeBufferPointer<UInt8>, behind: Int) -> Int {
    guard let start = text.baseAddress else { return 0 }
    var back = 0
    while back < min(behind, longestLookalikes), back + 2 <= behind,
      Lookalikes.letter(start[-back - 2], start[-back - 1]) != nil
    { back += 2 }
    return back
  }

  /// Bytes of three such letters.
  private static let shortestLookalikes = 6

  private static func isWord(_ byte: UInt8) -> Bool {
    CharacterTable.classes[Int(byte)] & CharacterTable.alphanumeric != 0 || byte == UInt8(ascii: "_")
  }

  /// Bytes of such letters in a row: sixteen.
  private static let longestLookalikes = 32
}
