/// The character classes of RFC 9110 and RFC 9112. The compiler turns each switch into a bit test.
extension UInt8 {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0a
  static let carriageReturn: UInt8 = 0x0d
  static let space: UInt8 = 0x20
  static let colon: UInt8 = 0x3a

  var isDigit: Bool { 0x30 <= self && self <= 0x39 }

  var isLetter: Bool { 0x61 <= self | 0x20 && self | 0x20 <= 0x7a }

  /// Space or tab, the only white space that HTTP knows within a line (RFC 9110 §5.6.3).
  var isOptionalWhitespace: Bool { self == .space || self == .tab }

  /// `tchar` (RFC 9110 §5.6.2).
  var isTokenCharacter: Bool {
    switch self {
    case 0x21, 0x23...0x27, 0x2a, 0x2b, 0x2d, 0x2e, 0x30...0x39, 0x41...0x5a, 0x5e...0x7a, 0x7c, 0x7e: true
    default: false
    }
  }

  /// `field-vchar`, space or tab (RFC 9110 §5.5): no control characters; bytes above ASCII pass as they are.
  var isFieldValueCharacter: Bool {
    self >= 0x20 && self != 0x7f || self == .tab
  }

  /// Visible ASCII but `#`, which no request carries. RFC 3986 has fewer characters; browsers, curl and every server
  /// let `{`, `|` or `"` through, and nothing here hangs on them.
  var isTargetCharacter: Bool {
    0x21 <= self && self <= 0x7e && self != UInt8(ascii: "#")
  }

  /// What names that resolve are made of; narrower than RFC 3986's `reg-name`.
  var isHostNameCharacter: Bool {
    isLetter || isDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: ".") || self == UInt8(ascii: "_")
  }

  var hexadecimalValue: Int? {
    switch self {
    case 0x30...0x39: Int(self) - 0x30
    case 0x41...0x46: Int(self) - 0x41 + 10
    case 0x61...0x66: Int(self) - 0x61 + 10
    default: nil
    }
  }
}

extension Span where Element == UInt8 {
  /// The bytes of the range as text; bytes that are not UTF-8 become U+FFFD.
  func text(_ range: Range<Int>) -> String {
    extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}
