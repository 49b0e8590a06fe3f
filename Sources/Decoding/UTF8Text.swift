/// Text in UTF-8 (RFC 3629 §4) with characters beyond ASCII, which compressed data is not for long.
enum UTF8Text {
  /// - Returns: the first byte of a part that is neither printable ASCII, a tab or the end of a line, nor of a well-formed
  ///   character; `nil` where there is none. A character that the part cuts at its end is taken for one.
  static func firstForeignByte(in bytes: UnsafeBufferPointer<UInt8>, _ part: Range<Int>) -> Int? {
    let classes = CharacterTable.classes
    var offset = part.lowerBound
    while offset < part.upperBound {
      let byte = bytes[offset]
      if byte < 0x80 {
        guard classes[Int(byte)] & CharacterTable.text != 0 else { return offset }
        offset += 1
      } else {
        guard let width = width(of: bytes, offset, to: part.upperBound) else { return offset }
        offset += width
      }
    }
    return nil
  }

  /// - Returns: the bytes of the character that begins there, `nil` where none does.
  private static func width(of bytes: UnsafeBufferPointer<UInt8>, _ offset: Int, to end: Int) -> Int? {
    let width: Int
    // What the second byte may be leaves out longer forms than needed, surrogates, what Unicode has not, and the control
    // characters of C1.
    let second: ClosedRange<UInt8>
    switch bytes[offset] {
    case 0xc2: (width, second) = (2, 0xa0...0xbf)
    case 0xc3...0xdf: (width, second) = (2, 0x80...0xbf)
    case 0xe0: (width, second) = (3, 0xa0...0xbf)
    case 0xed: (width, second) = (3, 0x80...0x9f)
    case 0xe1...0xef: (width, second) = (3, 0x80...0xbf)
    case 0xf0: (width, second) = (4, 0x90...0xbf)
    case 0xf4: (width, second) = (4, 0x80...0x8f)
    case 0xf1...0xf3: (width, second) = (4, 0x80...0xbf)
    default: return nil
    }
    for place in 1..<width where offset + place < end {
      guard (place == 1 ? second : 0x80...0xbf).contains(bytes[offset + place]) else { return nil }
    }
    return width
  }
}
