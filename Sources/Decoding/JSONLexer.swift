/// Follows a text as far as it may be JSON, or several values of it one after another (RFC 8259 §2, JSON lines).
///
/// It tells strings from what is between them and knows their escapes, which is all that decoding them asks: there an
/// escape means what it stands for, and nothing else. Whether brackets match is left to who reads the values.
struct JSONLexer {
  private enum State {
    case outside
    case string
    /// After a backslash.
    case escape
    /// Within the four digits of `\u`, of which so many are missing.
    case digits(Int)
  }

  private var state = State.outside

  /// By byte, whether it stands outside of strings: white space, punctuation, and what numbers, `true`, `false` and
  /// `null` are made of.
  private static let outside: [Bool] = {
    var table = [Bool](repeating: false, count: 256)
    for byte in " \t\r\n{}[]:,+-.0123456789eEtrufalsn\"".utf8 { table[Int(byte)] = true }
    return table
  }()

  /// Whether the text may end there: no string is open.
  var isBetween: Bool { if case .outside = state { true } else { false } }

  private static func isSimple(_ letter: UInt8) -> Bool {
    letter != UInt8(ascii: "'") && Escape.simple(letter) != nil
  }

  /// Whether a text begins like a JSON object or array: by its first byte that is no white space, after a byte order mark.
  ///
  /// - Returns: `nil` where there is none yet.
  static func begins(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    let body = text.starts(with: mark) ? text.dropFirst(mark.count) : text[...]
    let first = body.first { $0 != 0x20 && $0 != 0x0a && $0 != 0x0d && $0 != 0x09 }
    return first.map { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
  }

  /// Goes on over the next bytes.
  ///
  /// - Returns: where the text can be JSON no longer: at the byte, or where the escape begins that it does not know.
  mutating func read(_ source: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int? {
    Self.outside.withUnsafeBufferPointer { outside in
      var position = start
      while position < end {
        switch state {
        case .outside:
          while position < end, outside[Int(source[position])], source[position] != UInt8(ascii: "\"") { position += 1 }
          guard position < end else { return nil }
          guard source[position] == UInt8(ascii: "\"") else { return position }
          state = .string
        case .string:
          position = EscapeSearch.endsOfLetters.first(in: source, from: position, to: end)
          guard position < end else { return nil }
          guard source[position] >= 0x20 else { return position }
          state = source[position] == UInt8(ascii: "\"") ? .outside : .escape
        case .escape:
          let byte = source[position]
          guard byte == UInt8(ascii: "u") || Self.isSimple(byte) else { return position - 1 }
          state = byte == UInt8(ascii: "u") ? .digits(4) : .string
        case .digits(let missing):
          guard CharacterTable.hexValue(source[position]) != nil else { return position - 6 + missing }
          state = missing == 1 ? .string : .digits(missing - 1)
        }
        position += 1
      }
      return nil
    }
  }
}
