internal import Compression
internal import Testing

@testable internal import Decoding

/// A text that is JSON is read once, without the escapes of its strings; one that only begins like it is read both ways.
@Suite struct JSONTextTests {
  private func lexed(_ text: String, inPiecesOf length: Int = .max) -> Int? {
    var lexer = JSONLexer()
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { buffer in
      guard let source = buffer.baseAddress else { return nil }
      for start in stride(from: 0, to: bytes.count, by: min(length, bytes.count)) {
        let end = min(bytes.count, length == .max ? bytes.count : start + length)
        if let stop = lexer.read(source, from: start, to: end) { return stop }
      }
      return nil
    }
  }

  @Test(
    "JSON, JSON lines and what is cut in the middle of either can be JSON",
    arguments: [
      #"{"a": [1, -2.5e+3, true, false, null], "b\"c\\": "\u00e9\n\/\b\f\r\t"}"#, "{\"a\":1}\n{\"a\":2}\r\n", "[",
      #"{"a": "b\"#, #"{"a": "b\u00"#, "[\"\u{e9}\u{1f600}\"]", #"{"a": "\ud83d\ude00"}"#,
    ])
  func json(_ text: String) {
    for length in [1, 2, 3, 7, Int.max] { #expect(lexed(text, inPiecesOf: length) == nil, "pieces of \(length)") }
  }

  @Test(
    "what no JSON has is where it stands, an escape that JSON does not know where it begins",
    arguments: [
      ("{ char *s = \"a\"; }", 2), (#"{"a": "C:\Users"}"#, 9), (#"{"a": "\x41"}"#, 7), (#"{"a": "\u00g0"}"#, 7),
      (#"{"a": "it\'s"}"#, 9), ("[section]\n", 3), (#"{"a": 1} \n"#, 9), ("{'a': 1}", 1), ("{\"a\": 1}\u{0}", 8),
      ("{\"a\": \"b\nc\"}", 8), ("{\"a\": \"12345678901\u{1f}\"}", 18), ("[\"build log:\n", 12),
    ])
  func noJSON(_ text: String, at place: Int) {
    for length in [1, 2, 3, 7, Int.max] { #expect(lexed(text, inPiecesOf: length) == place, "pieces of \(length)") }
  }

  @Test("a JSON text has one view beneath it, which is all of it without escapes")
  func oneView() throws {
    let text = #"  {"a": "one\ntwo", "n": [1, 2], "b": "three \u00e9"}"# + "\n"
    let (collector, issues) = decode(Array(text.utf8))
    #expect(issues.isEmpty)
    let readings = collector.readings.values.filter { $0.layers == ["json"] }
    try #require(readings.count == 1)
    #expect(readings[0].text == "  {\"a\": \"one\ntwo\", \"n\": [1, 2], \"b\": \"three \u{e9}\"}\n")
    #expect(readings[0].spans.count == readings[0].bytes.count)
  }

  @Test("what turns out to be no JSON is read as it stands from before there on")
  func rest() {
    let text = #"{"a": "x"} path = "C:\new\tool" 100%25"#
    let (collector, _) = decode(Array(text.utf8))
    let plain = collector.readings.values.filter { $0.layers == [] }.map(\.text)
    #expect(plain.sorted() == [text, text].sorted())
    #expect(collector.readings.values.contains { $0.layers.last == "percent" && $0.text.hasSuffix("100%") })
    #expect(collector.readings.values.contains { $0.layers == ["json"] && $0.text.contains("C:\new\tool") })
  }

  @Test("compressed JSON is JSON")
  func inGzip() throws {
    let body = try compressed(Array(#"{"a": "one\ntwo"}"#.utf8), .gzip)
    let (collector, _) = decode(body, ContentDescription(contentCodings: ["gzip"]))
    #expect(collector.readings.values.contains { $0.layers == ["gzip", "json"] && $0.text == "{\"a\": \"one\ntwo\"}" })
    #expect(!collector.readings.values.contains { $0.layers.count > 2 })
  }

  @Test("a text is read alike in whatever pieces it comes, with pauses or without", arguments: [true, false])
  func pieces(pauses: Bool) {
    let texts = [
      #"{"a": "one\ntwo \u00e9 \\u0041", "b": ["\ud83d\ude00", 1e9]}"#, #"[{"a": "x\"y"}, C:\new\tool, "b\n"]"#,
      "{\"text\":\"a\"}\n{\"text\":\"b\"}\n{\"text\":\"c\"}\n",
    ]
    for text in texts.map({ Array($0.utf8) }) {
      let whole = decode(text).collector.readings.values.map { "\($0.layers) \($0.text)" }.sorted()
      for cut in 1..<text.count {
        let cuts = decode(text, cuts: [cut], pauses: pauses).collector.readings.values
        #expect(cuts.map { "\($0.layers) \($0.text)" }.sorted() == whole, "cut at \(cut)")
      }
    }
  }

  @Test("a string that never ends is read as it stands as well")
  func openString() {
    let text = #"["a path: C:\new\npm_0123456789"#
    let (collector, _) = decode(Array(text.utf8))
    #expect(collector.readings.values.count { $0.layers == [] && $0.text == text } == 2)
  }

  @Test(
    "of a text that is no JSON no more is kept than of another",
    arguments: ["[section]\n", "{\"a\": NaN, \"b\": \"c\\n\"}\n"])
  func memory(_ beginning: String) {
    final class Widest: ViewObserver {
      var bytes = 0
      func view(_ view: DecodedView, received range: Range<Int>, isLast: Bool) -> Int {
        bytes = max(bytes, view.bytes.buffer.count)
        return range.upperBound
      }
    }
    let widest = Widest()
    let tree = DecodingTree(.none, limits: .standard, observer: widest)
    let text = Array(String(repeating: "key = value, and so on\n", count: 50_000).utf8)
    Array(beginning.utf8).withUnsafeBytes { tree.receive($0) }
    text.withUnsafeBytes { tree.receive($0) }
    tree.finish()
    #expect(widest.bytes < 128 * 1024)
  }

  @Test("pieces of a text are put together up to where it is no JSON")
  func deltas() {
    let envelope = String(repeating: "x", count: 260)
    let lines = (0..<80).map { "{\"id\":\"\(envelope)\",\"text\":\"p\($0)\"}\n" }
    for count in [20, 28, 30, 40, 55] {
      let text = lines[..<count].joined() + "NaN\n"
      let (collector, _) = decode(Array(text.utf8))
      let pieces = (0..<count).map { "p\($0)" }.joined()
      #expect(collector.readings.values.contains { $0.layers == ["deltas"] && $0.text.contains(pieces) }, "\(count)")
    }
  }

  @Test("escapes that are read once take no level of depth")
  func depth() {
    var limits = DecodingLimits.standard
    limits.maximumDepth = 1
    let secret = base64(Array("a text that is long enough to be told from noise".utf8))
    let (collector, issues) = decode(Array("{\"a\": \"x\\n\(secret)\"}".utf8), limits: limits)
    #expect(issues.isEmpty)
    #expect(collector.readings.values.contains { $0.layers == ["json", "base64"] && $0.text.hasSuffix("noise") })
  }

  @Test("where more is asked for than a message's size allows, the text itself is read to its end")
  func budget() {
    var limits = DecodingLimits.standard
    (limits.maximumWorkFactor, limits.minimumWork) = (0, 1)
    let nested = String(repeating: "\\\\u0041", count: 2_000)
    let text = "{\"a\": \"\(nested)\", \"b\": \"the end of it\"}"
    let (collector, _) = decode(
      Array(text.utf8), limits: limits)
    #expect(collector.readings.values.contains { $0.layers == ["json"] && $0.text.hasSuffix("the end of it\"}") })
  }
}
