extension Escape {
  /// As strings of JSON, C, Python, JavaScript and the shell have them; before a line's end it stands for nothing.
  static func backslash(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Reading {
    guard text.count > 1 else { return isLast ? .none : .cut }
    if let byte = simple(text[1]) { return .decoded(Escape(byte, encoded: 2)) }
    switch text[1] {
    case UInt8(ascii: "u"):
      guard text.count > 2 else { return isLast ? .none : .cut }
      return text[2] == UInt8(ascii: "{") ? braced(text, isLast: isLast) : unicode(text, isLast: isLast)
    case UInt8(ascii: "x"):
      guard text.count > 3 else { return isLast ? .none : .cut }
      if text[2] == UInt8(ascii: "{") { return braced(text, isLast: isLast) }
      guard let high = CharacterTable.hexValue(text[2]), let low = CharacterTable.hexValue(text[3]) else {
        return .none
      }
      return .decoded(Escape(high << 4 | low, encoded: 4))
    case UInt8(ascii: "U"): return long(text, isLast: isLast)
    case UInt8(ascii: "0")...UInt8(ascii: "7"): return octal(text, isLast: isLast)
    case UInt8(ascii: "\n"): return lineEnd(text, 2, isLast: isLast)
    case UInt8(ascii: "\r"):
      guard text.count > 2 else { return isLast ? .none : .cut }
      return text[2] == UInt8(ascii: "\n") ? lineEnd(text, 3, isLast: isLast) : .none
    default: return .none
    }
  }

  /// With the blanks that the next line begins with, which count for nothing in Rust and YAML.
  ///
  /// - Parameter length: of the backslash and the line's end.
  private static func lineEnd(_ text: UnsafeBufferPointer<UInt8>, _ length: Int, isLast: Bool) -> Reading {
    let blanks = text[length...].prefix(longestIndentation).prefix { $0 == 0x20 || $0 == 0x09 }.count
    let isCut = length + blanks == text.count && blanks < longestIndentation && !isLast
    return isCut ? .cut : .decoded(Escape(nothing: length + blanks))
  }

  private static let longestIndentation = 64

  /// `\uXXXX`, two of them for what is beyond the basic plane.
  private static func unicode(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Reading {
    guard text.count > 5 else { return isLast ? .none : .cut }
    guard let first = codeUnit(text, at: 2) else { return .none }
    guard (0xd800..<0xdc00).contains(first) else { return .decoded(Escape(scalar: first, encoded: 6)) }
    guard text.count > 11 || isLast else { return .cut }
    guard text.count > 11, text[6] == UInt8(ascii: "\\"), text[7] == UInt8(ascii: "u"),
      let second = codeUnit(text, at: 8), (0xdc00..<0xe000).contains(second)
    else { return .decoded(Escape(scalar: first, encoded: 6)) }
    return .decoded(Escape(scalar: 0x10000 + (first - 0xd800) << 10 + (second - 0xdc00), encoded: 12))
  }

  private static func codeUnit(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt32? {
    var unit: UInt32 = 0
    for index in offset..<offset + 4 {
      guard let digit = CharacterTable.hexValue(text[index]) else { return nil }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }

  /// `\UXXXXXXXX` of C, Go and Python.
  private static func long(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Reading {
    // Words and paths begin so, too: what is there decides as soon as it can.
    for index in 2..<min(10, text.count) where CharacterTable.hexValue(text[index]) == nil { return .none }
    guard text.count > 9 else { return isLast ? .none : .cut }
    guard let high = codeUnit(text, at: 2), let low = codeUnit(text, at: 6), high <= 0x10 else { return .none }
    return .decoded(Escape(scalar: high << 16 | low, encoded: 10))
  }

  /// `\u{4e}` of JavaScript, Rust and Swift, `\x{4e}` of Perl: one to eight digits.
  private static func braced(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Reading {
    var scalar: UInt32 = 0
    for index in 3..<12 {
      guard index < text.count else { return isLast ? .none : .cut }
      if text[index] == UInt8(ascii: "}") {
        return index > 3 && scalar <= 0x10ffff ? .decoded(Escape(scalar: scalar, encoded: index + 1)) : .none
      }
      guard let digit = CharacterTable.hexValue(text[index]) else { return .none }
      scalar = scalar << 4 | UInt32(digit)
    }
    return .none
  }

  /// `\116` of C, Python and the shell, `\0116` of its `echo`. Fewer digits are more often a group of an expression
  /// than a letter, but for two that no third can follow.
  private static func octal(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Reading {
    var digits: [UInt8] = []
    for index in 1..<min(5, text.count) {
      guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(text[index]) else { break }
      digits.append(text[index] - UInt8(ascii: "0"))
    }
    guard isLast || digits.count == 4 || digits.count + 1 < text.count else { return .cut }
    if digits[0] > 3 {
      return digits.count > 1 ? .decoded(Escape(digits[0] << 3 | digits[1], encoded: 3)) : .none
    }
    guard digits.count > 2 else { return .none }
    if digits.count == 4, digits[0] == 0, digits[1] < 4 {
      return .decoded(Escape(digits[1] << 6 | digits[2] << 3 | digits[3], encoded: 5))
    }
    return .decoded(Escape(digits[0] << 6 | digits[1] << 3 | digits[2], encoded: 4))
  }
}
