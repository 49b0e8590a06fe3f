extension Escape {
  /// A plus sign within the value of a field, `&name=one+two`, is a space, also where nobody says that the text is a form
  /// (WHATWG URL §5.1): in a recorded request, in an address. The field before it, or that behind it, tells, and so does an
  /// escape in the value: what is no space has one, too.
  ///
  /// - Parameter text: begins with the plus sign.
  static func querySpace(_ text: UnsafeBufferPointer<UInt8>, behind: Int, isLast: Bool) -> Reading {
    guard let start = text.baseAddress else { return .none }
    var index = 0
    var hasEscape = false
    while index < behind, index < longestField, isValue(start[-index - 1]) {
      index += 1
      hasEscape = hasEscape || index > 2 && isEscape(start - index)
    }
    // The value may be the beginning of what is readable, but then nothing tells of a name.
    guard index > 0, index < behind, start[-index - 1] == UInt8(ascii: "=") else { return .none }
    index += 1
    let value = index
    while index < behind, index < value + longestName, isName(start[-index - 1]) { index += 1 }
    guard index > value else { return .none }
    let before = index < behind ? start[-index - 1] : 0x0a
    if before == UInt8(ascii: "&") || before == UInt8(ascii: "?") { return .decoded(Escape(0x20, encoded: 1)) }
    guard before <= 0x20 || isQuote(before) else { return .none }
    if hasEscape { return .decoded(Escape(0x20, encoded: 1)) }
    return isFieldAhead(text, isLast: isLast)
  }

  /// Bytes of a value on one side of the sign, and of a name.
  private static let longestField = 256
  private static let longestName = 64

  /// Whether the value has an escape, or `&name=` ends it, which is then the first of several.
  private static func isFieldAhead(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Reading {
    guard let start = text.baseAddress else { return .none }
    var index = 1
    while index < text.count, index < longestField, isValue(text[index]) {
      if index > 2, isEscape(start + index - 2) { return .decoded(Escape(0x20, encoded: 1)) }
      index += 1
    }
    guard index < text.count else { return isLast ? .none : .cut }
    guard index < longestField, text[index] == UInt8(ascii: "&") else { return .none }
    let name = index + 1
    index = name
    while index < text.count, index < name + longestName, isName(text[index]) { index += 1 }
    guard index < text.count else { return isLast ? .none : .cut }
    return index > name && text[index] == UInt8(ascii: "=") ? .decoded(Escape(0x20, encoded: 1)) : .none
  }

  /// - Parameter bytes: three of them.
  @inline(__always)
  private static func isEscape(_ bytes: UnsafePointer<UInt8>) -> Bool {
    bytes[0] == UInt8(ascii: "%") && CharacterTable.hexValues[Int(bytes[1])] != CharacterTable.noDigit
      && CharacterTable.hexValues[Int(bytes[2])] != CharacterTable.noDigit
  }

  @inline(__always)
  private static func isValue(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x7f..., UInt8(ascii: "&"), UInt8(ascii: "="), UInt8(ascii: "?"), UInt8(ascii: "#"),
      UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"):
      false
    default: true
    }
  }

  @inline(__always)
  private static func isName(_ byte: UInt8) -> Bool {
    CharacterTable.classes[Int(byte)] & CharacterTable.alphanumeric != 0
      || [UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "["), UInt8(ascii: "]")].contains(byte)
  }
}
