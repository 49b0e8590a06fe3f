extension Escape {
  /// What stands between two quoted parts of one expression, both quotes included: `" + "`, `' . '`, `" \` with a line
  /// end and `"`, `" & "`, `" "`, and of the shell `""` within a word.
  static func concatenation(_ text: UnsafeBufferPointer<UInt8>, behind: Int, isLast: Bool) -> Reading {
    var index = 1
    index = endOfSpace(text, from: index)
    let space = index
    if index < text.count { index += operatorLength(text, at: index) }
    let isJoined = index > space
    index = endOfSpace(text, from: index)
    if isJoined {
      // The parts may have letters that say of which kind they are.
      let letters = index
      while index < text.count, index < letters + 2, isPrefix(text[index]) { index += 1 }
    }
    guard index < longestConcatenation else { return .none }
    guard index < text.count else { return isLast ? .none : .cut }
    guard text[index] == text[0] || isJoined && isQuote(text[index]) else { return .none }
    guard index > 1 || isWithinWord(text, behind) else {
      return text.count > 2 || isLast ? .none : .cut
    }
    return .decoded(Escape(nothing: index + 1))
  }

  /// Bytes between the parts: an operator, a line's end and the next line's indentation.
  private static let longestConcatenation = 160

  /// White space, backslashes before line ends, and comments.
  private static func endOfSpace(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < text.count, index < longestConcatenation {
      switch text[index] {
      case 0x20, 0x09, 0x0a, 0x0d: break
      case UInt8(ascii: "\\"):
        guard index + 1 == text.count || text[index + 1] == 0x0a || text[index + 1] == 0x0d else { return index }
      case UInt8(ascii: "/"), UInt8(ascii: "#"):
        let end = endOfComment(text, from: index)
        guard end > index else { return index }
        index = end
        continue
      default: return index
      }
      index += 1
    }
    return index
  }

  /// The end of `/* … */`, `// …` or `# …`, as far as it is there; the same index where none begins. Only behind white
  /// space: in code a quote before such a sign begins a string for the most part.
  private static func endOfComment(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard text[start - 1] <= 0x20 else { return start }
    var index = start + 1
    if text[start] == UInt8(ascii: "/") {
      guard index < text.count else { return text.count }
      if text[index] == UInt8(ascii: "*") {
        index += 2
        while index < text.count, index < longestConcatenation {
          if text[index] == UInt8(ascii: "/"), text[index - 1] == UInt8(ascii: "*") { return index + 1 }
          index += 1
        }
        return min(index, text.count)
      }
      guard text[index] == UInt8(ascii: "/") else { return start }
    }
    while index < text.count, index < longestConcatenation, text[index] != 0x0a { index += 1 }
    return index
  }

  private static func operatorLength(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let isDouble = index + 1 < text.count && text[index + 1] == text[index]
    switch text[index] {
    case UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "&"): return isDouble ? 2 : 1
    case UInt8(ascii: "|"), UInt8(ascii: "<"): return isDouble ? 2 : 0
    default: return 0
    }
  }

  @inline(__always)
  private static func isPrefix(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "f"), UInt8(ascii: "b"), UInt8(ascii: "r"), UInt8(ascii: "u"), UInt8(ascii: "@"),
      UInt8(ascii: "$"), UInt8(ascii: "L"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
  }

  /// Two quotes in a row are an empty text for the most part.
  private static func isWithinWord(_ text: UnsafeBufferPointer<UInt8>, _ behind: Int) -> Bool {
    guard behind > 0, let before = text.baseAddress?[-1], text.count > 2 else { return false }
    let alphanumeric = CharacterTable.alphanumeric
    return (CharacterTable.classes[Int(before)] & alphanumeric != 0 || before == UInt8(ascii: "_"))
      && CharacterTable.classes[Int(text[2])] & alphanumeric != 0
  }
}
