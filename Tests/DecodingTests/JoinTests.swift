internal import Decoding
internal import Testing

/// Lists of strings that code sets together.
@Suite struct JoinTests {
  private func joined(_ text: String) -> [String] {
    decode(Array(text.utf8)).collector.readings.values.filter { $0.layers == ["concatenation"] }.map(\.text)
  }

  @Test(
    "a list that is joined with nothing between its strings is one text",
    arguments: [
      #"key = ["sally_01", "2345", "6789"].join("")"#, "key = ['sally_01','2345','6789'].join('')",
      #"key = "".join(["sally_01", "2345", "6789"])"#, #"key = ''.join(("sally_01", '2345', "6789"))"#,
      "key = [\n  \"sally_01\",\n  \"2345\",\n  \"6789\",\n].join(\"\");",
      #"key <- paste0("sally_01", "2345", "6789")"#,
      "SELECT CONCAT('sally_01', '2345', '6789');", "let key = concat(\"sally_01\", \"2345\", \"6789\");",
    ])
  func lists(_ text: String) { #expect(joined(text) == ["sally_0123456789"]) }

  @Test(
    "other lists are lists",
    arguments: [
      #"["sally_01", "2345"].join(", ")"#, #"", ".join(["sally_01", "2345"])"#, #"print("sally_01", "2345")"#,
      #"["sally_01"].join("")"#, "join(a, b)", "concat(a, b)",
    ])
  func others(_ text: String) { #expect(joined(text) == []) }

  @Test("each string of a joined list is in its place")
  func places() throws {
    let text = Array(#"x = "".join(["ab", "cd"])"#.utf8)
    let reading = try #require(decode(text).collector.readings.values.first { $0.layers == ["concatenation"] })
    for (byte, span) in zip(reading.bytes, reading.spans) { #expect(Array(text[span]) == [byte]) }
  }

  @Test("a list is read wherever the message is split")
  func splits() {
    let text = Array(#"a(b) key = ["sally_01", "2345"].join("") + "".join(["x", "y"]) (c)"#.utf8)
    let whole = decode(text).collector.readings
    for cut in 1..<text.count { #expect(decode(text, cuts: [cut]).collector.readings == whole, "\(cut)") }
  }
}
