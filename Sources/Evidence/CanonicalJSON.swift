/// The one way to write a JSON value: RFC 8785, so that equal values are equal bytes.
package enum CanonicalJSON {
  /// - Throws: ``CanonicalJSONError/notFinite`` for a number that JSON cannot hold.
  package static func encode(_ value: JSONValue) throws(CanonicalJSONError) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(CanonicalWriter.usualBytes)
    try write(value, to: &out)
    return out
  }

  private static func write(_ value: JSONValue, to out: inout [UInt8]) throws(CanonicalJSONError) {
    switch value {
    case .null: out.append(contentsOf: "null".utf8)
    case .bool(let flag): out.append(contentsOf: (flag ? "true" : "false").utf8)
    case .integer(let number): out.append(contentsOf: String(number).utf8)
    case .number(let number): out.append(contentsOf: try ecmaScriptText(of: number).utf8)
    case .string(let text): write(text, to: &out)
    case .array(let elements): try write(elements, to: &out)
    case .object(let members): try write(members, to: &out)
    }
  }

  private static func write(_ elements: [JSONValue], to out: inout [UInt8]) throws(CanonicalJSONError) {
    out.append(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      try write(element, to: &out)
    }
    out.append(UInt8(ascii: "]"))
  }

  /// Members in the order of their names' UTF-16 code units (RFC 8785 §3.2.3).
  private static func write(_ members: [String: JSONValue], to out: inout [UInt8]) throws(CanonicalJSONError) {
    out.append(UInt8(ascii: "{"))
    let names = members.keys.map(MemberName.init).sorted()
    for (index, name) in names.enumerated() {
      guard let value = members[name.text] else { continue }
      if index > 0 { out.append(UInt8(ascii: ",")) }
      write(name.text, to: &out)
      out.append(UInt8(ascii: ":"))
      try write(value, to: &out)
    }
    out.append(UInt8(ascii: "}"))
  }

  /// RFC 8785 §3.2.2.2.
  static func write(_ text: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { bytes in
      // Most text has nothing to escape: it is copied in as few pieces as there are.
      var copied = 0
      for index in bytes.indices where isEscaped(bytes[index]) {
        out.append(contentsOf: bytes[copied..<index])
        escape(bytes[index], to: &out)
        copied = index + 1
      }
      out.append(contentsOf: bytes[copied...])
    }
    out.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func escape(_ byte: UInt8, to out: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
    case 0x08: out.append(contentsOf: #"\b"#.utf8)
    case 0x09: out.append(contentsOf: #"\t"#.utf8)
    case 0x0a: out.append(contentsOf: #"\n"#.utf8)
    case 0x0c: out.append(contentsOf: #"\f"#.utf8)
    case 0x0d: out.append(contentsOf: #"\r"#.utf8)
    default:
      out.append(contentsOf: (byte < 0x10 ? #"\u000"# : #"\u00"#).utf8)
      out.append(contentsOf: String(byte, radix: 16).utf8)
    }
  }

  /// ECMAScript's Number::toString, which RFC 8785 §3.2.2.3 prescribes: Swift finds the same shortest digits,
  /// only their layout differs.
  static func ecmaScriptText(of number: Double) throws(CanonicalJSONError) -> String {
    guard number.isFinite else { throw .notFinite }
    if number == 0 { return "0" }
    let sign = number < 0 ? "-" : ""
    let (digits, exponent) = shortestDecimal(of: number.magnitude)
    let count = digits.count
    let body =
      switch exponent {
      case count...21: digits + String(repeating: "0", count: exponent - count)
      case 1..<max(count, 1): String(digits.prefix(exponent)) + "." + String(digits.dropFirst(exponent))
      case -5...0: "0." + String(repeating: "0", count: -exponent) + digits
      default: scientific(digits, exponent: exponent - 1)
      }
    return sign + body
  }

  private static func scientific(_ digits: String, exponent: Int) -> String {
    let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
    return "\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(exponent.magnitude)"
  }

  /// The shortest digits that give the number back, and the place of the decimal point before which they stand:
  /// `0.d₁d₂… × 10^exponent`.
  private static func shortestDecimal(of number: Double) -> (digits: String, exponent: Int) {
    let parts = number.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    let whole = String(mantissa[0])
    let fraction = mantissa.count > 1 && mantissa[1] != "0" ? String(mantissa[1]) : ""
    var exponent = whole.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    var digits = (whole + fraction)[...]
    while digits.hasPrefix("0") {
      digits = digits.dropFirst()
      exponent -= 1
    }
    while digits.hasSuffix("0") { digits = digits.dropLast() }
    return (String(digits), exponent)
  }
}

/// A value that has no JSON form.
package enum CanonicalJSONError: Error, Hashable {
  /// Infinities and not-a-number are not JSON (RFC 8259 §6).
  case notFinite
}
