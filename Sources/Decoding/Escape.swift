/// One escape and the bytes that it stands for.
struct Escape {
  /// Of these the first ``count`` count.
  let bytes: SIMD4<UInt8>
  let count: Int
  /// Bytes that the escape itself takes.
  let encoded: Int

  enum Reading {
    /// No escape; the byte stands for itself.
    case none
    /// It may be one, but the bytes end.
    case cut
    case decoded(Escape)
  }

  init(_ byte: UInt8, encoded: Int) {
    bytes = SIMD4(byte, 0, 0, 0)
    count = 1
    self.encoded = encoded
  }

  /// A line's end, or another character, that stands for nothing.
  init(nothing encoded: Int) {
    bytes = .zero
    count = 0
    self.encoded = encoded
  }

  /// UTF-8 (RFC 3629 §3); a lone surrogate is written as if it were a scalar, since nothing may be left out.
  init(scalar: UInt32, encoded: Int) {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (scalar >> shift) & 0x3f) }
    self.encoded = encoded
    switch scalar {
    case 0..<0x80: (bytes, count) = (SIMD4(UInt8(scalar), 0, 0, 0), 1)
    case 0..<0x800: (bytes, count) = (SIMD4(UInt8(0xc0 | scalar >> 6), tail(0), 0, 0), 2)
    case 0..<0x10000: (bytes, count) = (SIMD4(UInt8(0xe0 | scalar >> 12), tail(6), tail(0), 0), 3)
    default: (bytes, count) = (SIMD4(UInt8(0xf0 | (scalar >> 18) & 7), tail(12), tail(6), tail(0)), 4)
    }
  }

  /// What the escape `\c` of two bytes stands for; `nil` where it is longer, or none.
  @inline(__always)
  static func simple(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "n"): 0x0a
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "'"): letter
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "r"): 0x0d
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0c
    default: nil
    }
  }

  /// Reads the escape that `text` begins with.
  ///
  /// - Parameter behind: bytes of the view before it that are readable.
  static func read(_ kind: SparseDecoder.Kind, _ text: UnsafeBufferPointer<UInt8>, behind: Int, isLast: Bool)
    -> Reading
  {
    switch kind {
    case .backslash: backslash(text, isLast: isLast)
    case .percent:
      text[0] == UInt8(ascii: "+")
        ? querySpace(text, behind: behind, isLast: isLast) : percent(text, isLast: isLast)
    case .percentAgain: percent(text, isLast: isLast)
    case .form:
      text[0] == UInt8(ascii: "+")
        ? .decoded(Escape(UInt8(ascii: " "), encoded: 1)) : percent(text, isLast: isLast)
    case .quotedPrintable: quotedPrintable(text, isLast: isLast)
    case .entity: entity(text, isLast: isLast)
    case .disguise: disguise(text, behind: behind, isLast: isLast)
    case .concatenation:
      text[0] < 0x20
        ? brokenLine(text, behind: behind, isLast: isLast) : concatenation(text, behind: behind, isLast: isLast)
    }
  }

  private static func quotedPrintable(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Reading {
    guard text.count > 1 else { return isLast ? .none : .cut }
    if text[1] == UInt8(ascii: "\n") { return .decoded(Escape(nothing: 2)) }
    guard text[1] == UInt8(ascii: "\r") else { return percent(text, isLast: isLast) }
    guard text.count > 2 else { return isLast ? .none : .cut }
    return text[2] == UInt8(ascii: "\n") ? .decoded(Escape(nothing: 3)) : .none
  }

  /// Bytes of two escapes of quoted-printable.
  static let pairBytes = 6

  /// Whether an equals sign that could be an escape is one for sure: code and queries are full of others.
  ///
  /// What must be escaped, two in a row, or a line broken inside of a word.
  static func isQuotedPrintable(_ text: UnsafeBufferPointer<UInt8>, after before: UInt8) -> Bool {
    guard text.count > 2, let high = CharacterTable.hexValue(text[1]), let low = CharacterTable.hexValue(text[2]) else {
      let after = text.first { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
      return before >= 0x20 && after.map { $0 > 0x20 } ?? true
    }
    switch high << 4 | low {
    case 0x00, 0x09, 0x0a, 0x0d: return true
    case 0x3d, 0xc2...0xf4: return !(0x61...0x7a).contains(text[1]) && !(0x61...0x7a).contains(text[2])
    default: break
    }
    guard text.count >= pairBytes, text[3] == UInt8(ascii: "=") else { return false }
    if text[4] == UInt8(ascii: "\r") || text[4] == UInt8(ascii: "\n") { return true }
    return CharacterTable.hexValue(text[4]) != nil && CharacterTable.hexValue(text[5]) != nil
  }

  static func percent(_ text: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Reading {
    guard text.count > 2 else {
      let isPossible = text.count < 2 || CharacterTable.hexValue(text[1]) != nil
      return isLast || !isPossible ? .none : .cut
    }
    guard let high = CharacterTable.hexValue(text[1]), let low = CharacterTable.hexValue(text[2]) else { return .none }
    return .decoded(Escape(high << 4 | low, encoded: 3))
  }
}
