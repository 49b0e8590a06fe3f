/// A string's text and what stands for it in JSON (RFC 8259 §7).
enum JSONText {
  /// - Parameter depth: how many strings the text is in.
  static func escaped(_ text: [UInt8], depth: Int = 1) -> [UInt8] {
    var text = text
    for _ in 0..<depth where text.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5c || $0 == 0xed }) {
      text = escaped(text)
    }
    return text
  }

  private static func escaped(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count + 16)
    var position = 0
    while position < text.count {
      let byte = text[position]
      position += 1
      switch byte {
      case 0xed where position + 1 < text.count && text[position] >= 0xa0:
        // Half of a character has no bytes of its own in UTF-8.
        let unit = 0xd000 | UInt16(text[position] & 0x3f) << 6 | UInt16(text[position + 1] & 0x3f)
        out += [0x5c, UInt8(ascii: "u")] + [12, 8, 4, 0].map { hexDigits[Int(unit >> $0 & 15)] }
        position += 2
      case 0x22, 0x5c: out += [0x5c, byte]
      case 0x0a: out += [0x5c, UInt8(ascii: "n")]
      case 0x0d: out += [0x5c, UInt8(ascii: "r")]
      case 0x09: out += [0x5c, UInt8(ascii: "t")]
      case ..<0x20: out += Array("\\u00".utf8) + [hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
      default: out.append(byte)
      }
    }
    return out
  }

  private static let hexDigits = Array("0123456789abcdef".utf8)

  /// - Parameter depth: how many strings the text is in.
  /// - Returns: `nil` where an escape is none of JSON's.
  static func unescaped(_ text: [UInt8], depth: Int) -> [UInt8]? {
    var text = text
    for _ in 0..<depth where text.contains(0x5c) {
      guard let next = text.withUnsafeBufferPointer({ unescaped($0) }) else { return nil }
      text = next
    }
    return text
  }

  static func unescaped(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var position = 0
    while position < text.count {
      guard text[position] == 0x5c else {
        out.append(text[position])
        position += 1
        continue
      }
      guard position + 1 < text.count else { return nil }
      if let plain = simple(text[position + 1]) {
        out.append(plain)
        position += 2
        continue
      }
      guard let scalar = scalar(text, &position) else { return nil }
      append(scalar, to: &out)
    }
    return out
  }

  /// What `\c` stands for, but for `\u`.
  static func simple(_ letter: UInt8) -> UInt8? {
    switch letter {
    case 0x22, 0x5c, UInt8(ascii: "/"): letter
    case UInt8(ascii: "n"): 0x0a
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "r"): 0x0d
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0c
    default: nil
    }
  }

  /// UTF-8; a surrogate without its other half, as texts have that were cut between the two, in the same way (WTF-8).
  private static func append(_ scalar: UInt32, to out: inout [UInt8]) {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (scalar >> shift) & 0x3f) }
    switch scalar {
    case 0..<0x80: out.append(UInt8(scalar))
    case 0..<0x800: out += [UInt8(0xc0 | scalar >> 6), tail(0)]
    case 0..<0x10000: out += [UInt8(0xe0 | scalar >> 12), tail(6), tail(0)]
    default: out += [UInt8(0xf0 | scalar >> 18), tail(12), tail(6), tail(0)]
    }
  }

  /// `\u00e9`, or two of them that are one character.
  private static func scalar(_ text: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> UInt32? {
    guard let first = codeUnit(text, at: position) else { return nil }
    position += 6
    guard (0xd800..<0xdc00).contains(first), let second = codeUnit(text, at: position),
      (0xdc00..<0xe000).contains(second)
    else { return first }
    position += 6
    return 0x10000 + (first - 0xd800) << 10 + (second - 0xdc00)
  }

  private static func codeUnit(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> UInt32? {
    guard position + 5 < text.count, text[position] == 0x5c, text[position + 1] == UInt8(ascii: "u") else { return nil }
    var unit: UInt32 = 0
    for byte in text[position + 2..<position + 6] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }
}
