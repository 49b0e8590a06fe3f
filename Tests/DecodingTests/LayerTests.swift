internal import Decoding
internal import Testing

@Suite struct LayerTests {
  static let secret = "sally_0123456789abcdefghijKLMNOPqrst"

  private func expect(_ body: String, _ layers: [String], at piece: String, _ content: ContentDescription = .none) {
    let bytes = Array(body.utf8)
    let (collector, issues) = decode(bytes, content)
    #expect(issues.isEmpty)
    guard let span = collector.span(of: Self.secret, under: layers) else {
      Issue.record("not seen under \(layers): \(collector.readings.values.map { ($0.layers, $0.text) })")
      return
    }
    #expect(String(decoding: bytes[span], as: UTF8.self) == piece)
  }

  @Test("a JSON string's escapes are taken off and its place is kept")
  func json() {
    let escaped = #"sally_0123456789\u0061bcdefghijKLMNOP\u0071rst"#
    expect(#"{"text":"one\ntwo \"\#(escaped)\" three\u00e9"}"#, ["json"], at: escaped)
  }

  @Test("JSON in a JSON string is read")
  func jsonInJSON() {
    let escaped = #"sally_0123456789\\u0061bcdefghijKLMNOPqrst"#
    expect(#"{"arguments":"{\"a\":\"x\\n\#(escaped)\"}"}"#, ["json", "json"], at: escaped)
  }

  @Test(
    "a line's end behind a backslash stands for nothing, nor do blanks behind it",
    arguments: ["\n", "\r\n", "\n      ", "\r\n\t\t"])
  func brokenString(_ end: String) {
    let broken = "sally_0123456789abc\\\(end)defghijKLMNOPqrst"
    expect("const char *key = \"\(broken)\";\n", ["json"], at: broken)
  }

  @Test("percent signs are taken off, also twice")
  func percent() {
    expect(
      "/a?q=x%20sally%5F0123456789abcdefghijKLMNOPqrst&b", ["percent"], at: "sally%5F0123456789abcdefghijKLMNOPqrst")
    expect(
      "q=%2573ally_0123456789abcdefghijKLMNOPqrst", ["percent", "percent"],
      at: "%2573ally_0123456789abcdefghijKLMNOPqrst")
  }

  @Test("plus signs between words of a query are spaces, those of base64 and of sums are not")
  func query() {
    let words = "sally_0123456789abc+defghijKLMNOPqrst"
    let (spaced, _) = decode(Array("id=1&q=\(words)&b=2".utf8))
    #expect(spaced.readings.values.contains { $0.text.contains("sally_0123456789abc defghijKLMNOPqrst") })
    for text in ["x = a+b", "KEY=\(words)\n", "{\"q\": \"\(words)\"}", "a&q=%2B+\(words.filter { $0 != "+" })%2B1"] {
      let (collector, _) = decode(Array(text.utf8))
      #expect(!collector.readings.values.contains { $0.text.contains("abc def") || $0.text.contains("  1") }, "\(text)")
    }
  }

  @Test("plus signs are spaces in the one value of a form, where it has escapes", arguments: ["q=", "body q=", "'q="])
  func onlyField(_ name: String) {
    for (text, seen) in [("one+two%3A+three", "one two: three"), ("a%2Fb+two+three", "a/b two three")] {
      let readings = decode(Array((name + text).utf8)).collector.readings.values
      #expect(readings.contains { $0.text.hasSuffix(seen) }, "\(text)")
    }
  }

  @Test(
    "what nobody sees is taken out of text, and wide letters are letters",
    arguments: [
      "\u{200b}", "\u{200c}", "\u{200d}", "\u{200e}", "\u{202e}", "\u{2060}", "\u{2063}", "\u{feff}", "\u{fe0f}",
      "\u{200b}\u{2060}",
    ])
  func disguise(_ unseen: String) {
    let split = Self.secret.map(String.init).joined(separator: unseen)
    expect("one two \(split) three", ["unicode"], at: split)
    let once = Self.secret.replacing("0123", with: "01\(unseen)23", maxReplacements: 1)
    expect("{\"a\": \"\(once)\"}", ["json", "unicode"], at: once)
    let wide = Self.secret.unicodeScalars.map { scalar in
      UnicodeScalar(scalar.value + 0xfee0).map(String.init) ?? ""
    }.joined()
    expect("key \(wide)\n", ["unicode"], at: wide)
  }

  @Test("addresses, connections and tokens in wide letters are read, Chinese and Japanese marks are not")
  func wideMarks() {
    func wide(_ text: String) -> String {
      text.unicodeScalars.map { UnicodeScalar($0.value + 0xfee0).map(String.init) ?? "" }.joined()
    }
    for text in ["post@some.example.com", "db://user:word@host/a=b+c", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.abc_d-e"] {
      let (collector, _) = decode(Array("a \(wide(text))\n".utf8))
      #expect(
        collector.readings.values.contains {
          $0.layers == ["unicode"] && $0.text.hasSuffix("\(text)\n")
        })
    }
    let (collector, _) = decode(Array("问：答＝是．一／二（三）：四，＠五".utf8))
    #expect(collector.readings.count == 1)
  }

  @Test("emoji and quotation marks of prose make no view")
  func noDisguise() {
    let prose = "“Grüße” – 👩‍🚀 ❤️‍🔥 , 全角，标点。 नहीं क्‍ष"
    let (collector, _) = decode(Array(prose.utf8))
    #expect(!collector.readings.values.contains { $0.layers.contains("unicode") })
  }

  @Test(
    "entities are taken off, in numbers and by name",
    arguments: ["&#95;", "&#x5f;", "&#X005F;", "&#0000095;", "&lowbar;", "&UnderBar;"])
  func entity(_ underscore: String) {
    let escaped = Self.secret.replacing("_", with: underscore)
    expect("<p title=\(escaped)>", ["entity"], at: escaped)
    let twice = escaped.replacing("&", with: "&amp;")
    expect("<p>\(twice)</p>", ["entity", "entity"], at: twice)
  }

  @Test("the fields of a query and the operators of code are no entities")
  func noEntity() {
    let (collector, _) = decode(Array("/p?a=1&lt=2&b=3&&amplitude; a && b & c; &#; &#x; &#xg; &#0;".utf8))
    #expect(collector.readings.count == 1)
  }

  @Test(
    "escapes of other languages are taken off",
    arguments: ["\\137", "\\0137", "\\u{5f}", "\\x{5f}", "\\U0000005f", "\\x5f"])
  func otherEscapes(_ underscore: String) {
    let escaped = Self.secret.replacing("_0", with: underscore + "0")
    expect("printf '\(escaped)'", ["json"], at: escaped)
  }

  @Test("groups of expressions and short paths are no octal escapes")
  func noOctal() {
    let (collector, _) = decode(Array(#"s/(a)(b)/\2\1/; C:\Users\1\9 \u{} \u{110000} \8"#.utf8))
    #expect(collector.readings.count == 1)
  }

  @Test(
    "parts of a text that are added up are one",
    arguments: [
      "\" + \"", "\"+\"", "\" +\n    \"", "' . '", "'.'", "\" \\\n  \"", "\" & \"", "\" || \"", "\" \"", "\"\n\"",
      "\" + f\"", "\" /* one */ + \"", "\" + // one\n \"", "\" # one\n  \"", "\" /* a */ /* b */ \"",
      "\" + '", "\"\"",
    ])
  func concatenation(_ between: String) {
    let quote = between.prefix(1)
    let parts = Self.secret.replacing("234", with: "2\(between)34", maxReplacements: 1)
    expect("key = \(quote)\(parts)\(between.suffix(1));", ["concatenation"], at: parts)
  }

  @Test("values of JSON, arguments and empty texts are not added up")
  func noConcatenation() {
    let text = #"{"a":"b","c":["d","e"],"f":""} call("a", "b", x["c"]) it's, don't 'x'; y = "" z"#
    let (collector, _) = decode(Array(text.utf8))
    // As it came, as JSON up to where it is none, and the rest.
    #expect(collector.readings.values.map { $0.layers.joined() }.sorted() == ["", "", "json"])
  }

  @Test("a token in lines of one length is one", arguments: ["\n", "\r\n"], [10, 11, 16])
  func brokenLines(_ end: String, _ width: Int) {
    let characters = Array(Self.secret)
    let lines = stride(from: 0, to: characters.count, by: width).map {
      String(characters[$0..<min(characters.count, $0 + width)])
    }.joined(separator: end)
    expect(lines, ["concatenation"], at: lines)
    expect("{\"a\": \"\(lines)\"}", ["concatenation"], at: lines)
  }

  @Test("lines of prose, of code and of numbers stay lines")
  func noBrokenLines() {
    let text = "prose that goes on\nand on until it ends\nsomewhere\n123456789012\n345678901234\n567890123456\nelse\n"
    let (collector, _) = decode(Array(text.utf8))
    #expect(collector.readings.count == 1)
  }

  @Test("letters of other scripts in a word of ASCII are what they look like")
  func lookalikes() {
    let disguised = Self.secret.replacing("s", with: "ѕ").replacing("a", with: "а").replacing("K", with: "Κ")
    expect("key \(disguised) end", ["unicode"], at: disguised)
    let (collector, _) = decode(Array("обычный текст, в нём нет ASCII; ΑΒΓ και άλλα".utf8))
    #expect(!collector.readings.values.contains { $0.layers.contains("unicode") })
  }

  @Test("a form's plus is a space, in other text it is a plus")
  func form() {
    let content = ContentDescription(contentType: "application/x-www-form-urlencoded; charset=utf-8")
    let (collector, _) = decode(Array("a=one+two%21&b=%2B".utf8), content)
    #expect(collector.readings.values.contains { $0.layers == ["form"] && $0.text == "a=one two!&b=+" })
    let (plain, _) = decode(Array("a = one+two%21, b=%2B".utf8))
    #expect(plain.readings.values.contains { $0.layers == ["percent"] && $0.text == "a = one+two!, b=+" })
  }

  @Test("base64 is read in both alphabets, padded or not, at any alignment")
  func base64Alphabets() {
    for prefix in ["", "x", "xy", "xyz"] {
      let text = Array((prefix + Self.secret + "!?>~").utf8)
      for encoded in [base64(text), base64(text, urlSafe: true, padded: false)] {
        for lead in ["", "/", "a/", "ab/"] {
          let body = Array(("key: " + lead + encoded + "\n").utf8)
          let (collector, _) = decode(body)
          #expect(collector.span(of: Self.secret, under: ["base64"]) != nil, "\(lead) \(encoded)")
        }
      }
    }
    let encoded = plainBase64(Self.secret)
    expect("a \(encoded) b", ["base64"], at: String(encoded.prefix(48)))
  }

  private func plainBase64(_ text: String) -> String { base64(Array(text.utf8)) }

  @Test("wrapped base64 is one token, indented or with either line end", arguments: ["\n", "\r\n", "\n    "])
  func wrapped(_ lineEnd: String) {
    let text = Array(
      "a preamble that takes more than one line of seventy-six characters, then \(Self.secret) and more".utf8)
    let encoded = Array(base64(text))
    for width in [64, 76, 70] {
      let lines = stride(from: 0, to: encoded.count, by: width).map {
        String(encoded[$0..<min(encoded.count, $0 + width)])
      }
      let (collector, _) = decode(Array(("data:\n" + lines.joined(separator: lineEnd) + "\n--end").utf8))
      #expect(collector.span(of: Self.secret, under: ["base64"]) != nil, "\(width)")
    }
  }

  @Test("base64 in base64 is read")
  func base64Twice() {
    let inner = "token=\(Self.secret)\n"
    let (collector, _) = decode(Array(base64(Array(base64(Array(inner.utf8)).utf8)).utf8))
    #expect(collector.span(of: Self.secret, under: ["base64", "base64"]) != nil)
  }

  @Test("hexadecimal digits are read in either case, after a prefix too")
  func hex() {
    let digits = Self.secret.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    expect("id 0x\(digits) end", ["hex"], at: digits)
    expect("id a\(digits)b end", ["hex"], at: digits)
    expect(digits.uppercased(), ["hex"], at: digits.uppercased())
  }

  @Test("UTF-16 is read in either byte order", arguments: [true, false])
  func utf16(_ littleEndian: Bool) {
    let units = Self.secret.utf16.flatMap { unit in
      littleEndian ? [UInt8(unit & 0xff), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xff)]
    }
    let (collector, _) = decode((littleEndian ? [0xff, 0xfe] : [0xfe, 0xff]) + units + [1, 2, 3])
    #expect(collector.span(of: Self.secret, under: ["utf-16"]) != nil)
    let (inBase64, _) = decode(Array("powershell -enc \(base64(units))".utf8))
    #expect(inBase64.span(of: Self.secret, under: ["base64", "utf-16"]) != nil)
  }

  @Test("other characters of a text in UTF-16 are read, too, each in its place", arguments: [true, false])
  func utf16OfOthers(_ littleEndian: Bool) throws {
    let text = "The name: Jürgen Łoś, 汉字 and 𝔄, \(Self.secret)"
    let units = text.utf16.flatMap { unit in
      littleEndian ? [UInt8(unit & 0xff), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xff)]
    }
    let (collector, _) = decode((littleEndian ? [0xff, 0xfe] : [0xfe, 0xff]) + units)
    let reading = try #require(collector.readings.values.first { $0.layers == ["utf-16"] })
    #expect(reading.text == text)
    let place = try #require(collector.span(of: Self.secret, under: ["utf-16"]))
    #expect(place == 2 + units.count - 2 * Self.secret.utf8.count..<2 + units.count)
  }

  @Test("text without encodings has one view only")
  func plain() {
    let (collector, issues) = decode(
      Array("nothing to decode, in short words and /usr/lib/python3/dist-packages/x.py".utf8))
    #expect(collector.readings.count == 1)
    #expect(issues.isEmpty)
  }
}
