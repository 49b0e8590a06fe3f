extension Escape {
  /// `&#78;`, `&#x4e;` and names (WHATWG HTML §13.2.5.72). Numbers count without a semicolon, too, as browsers read
  /// them; names do not, since queries are full of them.
  static func entity(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Reading {
    guard text.count > 1 else { return isLast ? .none : .cut }
    return text[1] == UInt8(ascii: "#") ? number(text, isLast: isLast) : name(text, isLast: isLast)
  }

  /// Bytes of an entity, zeros before its number included.
  private static let longestEntity = 32

  private static func number(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Reading {
    guard text.count > 2 else { return isLast ? .none : .cut }
    let isHexadecimal = text[2] | 0x20 == UInt8(ascii: "x")
    let start = isHexadecimal ? 3 : 2
    var index = start
    var scalar: UInt32 = 0
    while index < text.count, index < longestEntity, let digit = CharacterTable.hexValue(text[index]),
      isHexadecimal || digit < 10 && text[index] < 0x3a
    {
      scalar = min(scalar, 0xff_ffff) * (isHexadecimal ? 16 : 10) + UInt32(digit)
      index += 1
    }
    guard index < text.count || isLast else { return index < longestEntity ? .cut : .none }
    guard index > start, index < longestEntity, (1...0x10ffff).contains(scalar) else { return .none }
    let isClosed = index < text.count && text[index] == UInt8(ascii: ";")
    return .decoded(Escape(scalar: scalar, encoded: isClosed ? index + 1 : index))
  }

  private static func name(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Reading {
    let alphanumeric = CharacterTable.alphanumeric
    var index = 1
    while index < text.count, index < longestEntity,
      CharacterTable.classes[Int(text[index])] & alphanumeric != 0
    { index += 1 }
    guard index < text.count else { return isLast || index >= longestEntity ? .none : .cut }
    guard index > 2, text[index] == UInt8(ascii: ";") else { return .none }
    for (name, scalar) in names where name.utf8CodeUnitCount == index - 1 {
      guard (0..<index - 1).allSatisfy({ name.utf8Start[$0] == text[1 + $0] }) else { continue }
      return .decoded(Escape(scalar: scalar, encoded: index + 1))
    }
    return .none
  }

  /// Those that stand for ASCII, and for what nobody sees (WHATWG HTML §13.5), the frequent ones first.
  private static let names: [(StaticString, UInt32)] = [
    ("amp", 0x26), ("lt", 0x3c), ("gt", 0x3e), ("quot", 0x22), ("nbsp", 0xa0), ("apos", 0x27), ("AMP", 0x26),
    ("LT", 0x3c), ("GT", 0x3e), ("QUOT", 0x22), ("lowbar", 0x5f), ("UnderBar", 0x5f), ("colon", 0x3a),
    ("sol", 0x2f), ("equals", 0x3d), ("plus", 0x2b), ("period", 0x2e), ("comma", 0x2c), ("semi", 0x3b),
    ("commat", 0x40), ("num", 0x23), ("dollar", 0x24), ("percnt", 0x25), ("excl", 0x21), ("quest", 0x3f),
    ("ast", 0x2a), ("midast", 0x2a), ("lpar", 0x28), ("rpar", 0x29), ("lsqb", 0x5b), ("lbrack", 0x5b),
    ("rsqb", 0x5d), ("rbrack", 0x5d), ("lcub", 0x7b), ("lbrace", 0x7b), ("rcub", 0x7d), ("rbrace", 0x7d),
    ("bsol", 0x5c), ("vert", 0x7c), ("verbar", 0x7c), ("VerticalLine", 0x7c), ("Hat", 0x5e), ("grave", 0x60),
    ("DiacriticalGrave", 0x60), ("Tab", 0x09), ("NewLine", 0x0a), ("shy", 0xad), ("zwj", 0x200d), ("zwnj", 0x200c),
    ("lrm", 0x200e), ("rlm", 0x200f), ("ZeroWidthSpace", 0x200b), ("NoBreak", 0x2060), ("ApplyFunction", 0x2061),
    ("af", 0x2061), ("InvisibleTimes", 0x2062), ("it", 0x2062), ("InvisibleComma", 0x2063), ("ic", 0x2063),
  ]
}
