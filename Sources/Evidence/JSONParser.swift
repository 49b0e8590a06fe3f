/// Reads RFC 8259 JSON from bytes that nobody vouches for: strict, and bounded in depth.
package struct JSONParser {
  /// Arrays and objects within each other; beyond it a text is refused, so that no input exhausts the stack.
  package static let maximumDepth = 64

  private let bytes: [UInt8]
  private var offset = 0

  /// - Throws: ``JSONSyntaxError`` with the offset of the first byte that is wrong.
  package static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
    var parser = JSONParser(bytes: bytes)
    let value = try parser.value(depth: 0)
    parser.skipWhitespace()
    guard parser.offset == bytes.count else { throw parser.error("nothing more") }
    return value
  }

  package static func parse(_ text: String) throws(JSONSyntaxError) -> JSONValue {
    try parse(Array(text.utf8))
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func error(_ expected: String) -> JSONSyntaxError { JSONSyntaxError(offset: offset, expected: expected) }

  private mutating func skipWhitespace() {
    while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { offset += 1 }
  }

  private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    guard depth < Self.maximumDepth else { throw error("at most \(Self.maximumDepth) levels") }
    skipWhitespace()
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    default: return try number()
    }
  }

  private mutating func literal(_ text: String, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
    guard bytes[offset...].starts(with: text.utf8) else { throw error(text) }
    offset += text.utf8.count
    return value
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipWhitespace()
    guard next == byte else { return false }
    offset += 1
    return true
  }

  private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    offset += 1
    if take(UInt8(ascii: "]")) { return .array([]) }
    var elements: [JSONValue] = []
    repeat { elements.append(try value(depth: depth + 1)) } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw error("',' or ']'") }
    return .array(elements)
  }

  private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    offset += 1
    if take(UInt8(ascii: "}")) { return .object([:]) }
    var members: [String: JSONValue] = [:]
    repeat {
      skipWhitespace()
      guard next == UInt8(ascii: "\"") else { throw error("a member's name") }
      let name = try string()
      guard take(UInt8(ascii: ":")) else { throw error("':'") }
      guard members.updateValue(try value(depth: depth + 1), forKey: name) == nil else {
        throw error("each name once (RFC 7493 §2.3)")
      }
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw error("',' or '}'") }
    return .object(members)
  }

  private mutating func digits() -> Int {
    let start = offset
    while let byte = next, (0x30...0x39).contains(byte) { offset += 1 }
    return offset - start
  }

  private mutating func number() throws(JSONSyntaxError) -> JSONValue {
    let start = offset
    if next == UInt8(ascii: "-") { offset += 1 }
    let leadingZero = next == UInt8(ascii: "0")
    let wholeDigits = digits()
    guard wholeDigits > 0 else { throw error("a value") }
    guard !leadingZero || wholeDigits == 1 else { throw error("a number without leading zeros") }
    var isWhole = true
    if next == UInt8(ascii: ".") {
      offset += 1
      isWhole = false
      guard digits() > 0 else { throw error("a digit") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      offset += 1
      isWhole = false
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { offset += 1 }
      guard digits() > 0 else { throw error("a digit") }
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if isWhole, let integer = Int(text), integer.magnitude < 1 << 53 { return .integer(integer) }
    guard let number = Double(text), number.isFinite else { throw error("a number that fits in 64 bits") }
    return .number(number)
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    offset += 1
    var out: [UInt8] = []
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        guard let text = String(validating: out, as: UTF8.self) else { throw error("UTF-8") }
        return text
      case UInt8(ascii: "\\"):
        offset += 1
        try escape(into: &out)
      case 0..<0x20: throw error("no bare control character")
      default:
        out.append(byte)
        offset += 1
      }
    }
    throw error("the string's end")
  }

  private mutating func escape(into out: inout [UInt8]) throws(JSONSyntaxError) {
    guard let byte = next else { throw error("an escape") }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0c)
    case UInt8(ascii: "n"): out.append(0x0a)
    case UInt8(ascii: "r"): out.append(0x0d)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"): out += Array(String(Character(try escapedScalar())).utf8)
    default: throw error("one of the escapes of RFC 8259 §7")
    }
  }

  private mutating func codeUnit() throws(JSONSyntaxError) -> UInt32 {
    guard offset + 4 <= bytes.count,
      bytes[offset..<offset + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt32(String(decoding: bytes[offset..<offset + 4], as: UTF8.self), radix: 16)
    else { throw error("four hexadecimal digits") }
    offset += 4
    return unit
  }

  private mutating func escapedScalar() throws(JSONSyntaxError) -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xdc00, bytes[offset...].starts(with: #"\u"#.utf8) else { throw error("a surrogate pair") }
    offset += 2
    let second = try codeUnit()
    guard (0xdc00..<0xe000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
    else { throw error("a surrogate pair") }
    return scalar
  }
}

/// Where a text stops being JSON.
package struct JSONSyntaxError: Error, Hashable, CustomStringConvertible {
  /// In bytes from the start.
  package let offset: Int
  package let expected: String

  package var description: String { "not JSON at byte \(offset): expected \(expected)" }
}
