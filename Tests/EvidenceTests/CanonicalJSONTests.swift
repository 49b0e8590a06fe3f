import Evidence
import Testing

@Suite("RFC 8785 canonical JSON")
struct CanonicalJSONTests {
  struct NumberCase: CustomTestStringConvertible {
    let bits: UInt64
    let text: String
    var testDescription: String { text }
  }

  /// RFC 8785 appendix B.
  static let numbers: [NumberCase] = [
    .init(bits: 0x0000_0000_0000_0000, text: "0"), .init(bits: 0x8000_0000_0000_0000, text: "0"),
    .init(bits: 0x0000_0000_0000_0001, text: "5e-324"), .init(bits: 0x8000_0000_0000_0001, text: "-5e-324"),
    .init(bits: 0x7fef_ffff_ffff_ffff, text: "1.7976931348623157e+308"),
    .init(bits: 0x4340_0000_0000_0000, text: "9007199254740992"),
    .init(bits: 0x4430_0000_0000_0000, text: "295147905179352830000"),
    .init(bits: 0x44b5_2d02_c7e1_4af5, text: "9.999999999999997e+22"),
    .init(bits: 0x44b5_2d02_c7e1_4af6, text: "1e+23"),
    .init(bits: 0x444b_1ae4_d6e2_ef4e, text: "999999999999999700000"),
    .init(bits: 0x444b_1ae4_d6e2_ef4f, text: "999999999999999900000"),
    .init(bits: 0x444b_1ae4_d6e2_ef50, text: "1e+21"),
    .init(bits: 0x3eb0_c6f7_a0b5_ed8c, text: "9.999999999999997e-7"),
    .init(bits: 0x3eb0_c6f7_a0b5_ed8d, text: "0.000001"),
    .init(bits: 0x41b3_de43_5555_5553, text: "333333333.3333332"),
    .init(bits: 0xbecb_f647_612f_3696, text: "-0.0000033333333333333333"),
  ]

  @Test("numbers are written as ECMAScript writes them", arguments: numbers)
  func number(_ example: NumberCase) throws {
    let bytes = try CanonicalJSON.encode(.number(Double(bitPattern: example.bits)))
    #expect(String(decoding: bytes, as: UTF8.self) == example.text)
  }

  @Test("members are sorted by UTF-16 code units, RFC 8785 §3.2.3")
  func memberOrder() throws {
    let value: JSONValue = [
      "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh", "1": "One",
      "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control", "\u{f6}": "Latin Small Letter O With Diaeresis",
    ]
    let text = String(decoding: try CanonicalJSON.encode(value), as: UTF8.self)
    let order = ["Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew"]
    let places = order.compactMap { text.firstRange(of: $0)?.lowerBound }
    #expect(places.count == order.count)
    #expect(places == places.sorted())
  }

  @Test("names of every kind of character are in the order of their UTF-16 code units")
  func memberOrderOfMany() throws {
    let characters = [
      "a", "b", "\u{7f}", "\u{f6}", "\u{7ff}", "\u{d7ff}", "\u{e000}", "\u{ffff}", "\u{10000}", "\u{1f600}",
    ]
    var names = characters + [""]
    for one in characters { names += characters.map { one + $0 } + characters.map { one + $0 + "a" } }
    let value = JSONValue.object(Dictionary(uniqueKeysWithValues: names.map { ($0, JSONValue.null) }))
    let sorted = names.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
    let wanted = "{" + sorted.map { "\"\($0)\":null" }.joined(separator: ",") + "}"
    #expect(String(decoding: try CanonicalJSON.encode(value), as: UTF8.self) == wanted)
  }

  @Test("infinity has no JSON form")
  func infinity() {
    #expect(throws: CanonicalJSONError.notFinite) { try CanonicalJSON.encode(.number(.infinity)) }
  }

  @Test("what is written is read back as it was")
  func roundTrip() throws {
    let value: JSONValue = [
      "text": "a\u{1}\n\"\\\u{2028}é😀", "list": [1, -2, nil, true, .number(0.1)], "nested": ["deep": [[["x"]]]],
    ]
    #expect(try JSONParser.parse(CanonicalJSON.encode(value)) == value)
  }
}

@Suite("Reading JSON that nobody vouches for")
struct JSONParserTests {
  @Test(
    "refuses what RFC 8259 does not allow",
    arguments: [
      "", "01", "1.", "+1", "nul", "[1,]", "{\"a\":1,}", "{a:1}", "\"\u{1}\"", #""\x""#, #""\ud800""#, "[1] 2",
      "{\"a\":1,\"a\":2}", "1e999",
    ])
  func refuses(_ text: String) {
    #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(text) }
  }

  @Test("depth is bounded, so that no text exhausts the stack")
  func depth() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(deep) }
  }

  @Test("a surrogate pair is one character")
  func surrogatePair() throws {
    #expect(try JSONParser.parse(#""\ud83d\ude00""#) == "😀")
  }
}

@Suite("Timestamps")
struct TimestampTests {
  @Test(
    "are RFC 3339 in UTC",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (951_782_400_001, "2000-02-29T00:00:00.001Z"),
      (1_763_683_199_999, "2025-11-20T23:59:59.999Z"), (-1, "1969-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
  func text(_ milliseconds: Int64, _ expected: String) {
    #expect(Timestamp(millisecondsSinceEpoch: milliseconds).description == expected)
  }
}
