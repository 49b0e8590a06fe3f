/// The one way to write a JSON value: RFC 8785, so that equal values are equal bytes.
package enum CanonicalJSON {
  /// - Throws: ``CanonicalJSONError/notFinite`` for a number that JSON cannot hold.
  package static func encode(_ value: JSONValue) throws(CanonicalJSONError) -> [UInt8] {
    var out: [UInt8] = []
    try write(value, to: &out)
    return out
  }

  private static func write(_ value: JSONValue, to out: inout [UInt8]) throws(CanonicalJSONError) {
    switch value {
    case .null: out += Array("null".utf8)
    case .bool(let flag): out += Array((flag ? "true" : "false").utf8)
    case .integer(let number): out += Array(String(number).utf8)
    case .number(let number): out += Array(try ecmaScriptText(of: number).utf8)
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
    let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
    for (index, member) in sorted.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      write(member.key, to: &out)
      out.append(UInt8(ascii: ":"))
      try write(member.value, to: &out)
    }
    out.append(UInt8(ascii: "}"))
  }

  /// RFC 8785 §3.2.2.2.
  private static func write(_ text: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): out += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\\"): out += [byte, byte]
      case 0x08: out += Array(#"\b"#.utf8)
      case 0x09: out += Array(#"\t"#.utf8)
      case 0x0a: out += Array(#"\n"#.utf8)
      case 0x0c: out += Array(#"\f"#.utf8)
      case 0x0d: out += Array(#"\r"#.utf8)
      case 0..<0x20: out += Array((byte < 0x10 ? #"\u000"# : #"\u00"#).utf8) + Array(String(byte, radix: 16).utf8)
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
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
