internal import Decoding
internal import Testing

@Suite struct PauseTests {
  @Test(
    "what is looked at before the end changes no view",
    arguments: [
      "a word with\u{200b} something unseen, and =\r\na line that goes on, \\u0041\u{200b}bcd %41",
      "in a query %41%42 and in a string \\n\\t of JSON",
      "half a pair \\ud83d\u{200b}a, and %4\u{200b}1=4\u{200b}1 =41=42\u{200b}c",
      "48:65:6c:6c:6f:20:77:6f:72:6c:64:2c:20:68:65:6c:6c:6f:20:77:6f:72:6c:64 and \\n \u{200b}b",
      "48 65 6c 6c 6f \\u0020 77 6f 72 6c 64 2c 20 68 65 6c 6c 6f 20 77 6f 72 6c 64 2c 20 68 65 6c 6c 6f 20 77 6f 72",
    ])
  func pauses(_ text: String) {
    for (filler, step) in [(0, 1), (600, 41)] {
      let words = (0..<filler).map { $0 % 7 == 0 ? UInt8(ascii: " ") : UInt8(ascii: "a") + UInt8($0 * 7919 % 26) }
      let body = Array(text.utf8) + words + Array(text.utf8)
      let whole = views(decode(body))
      for cut in stride(from: 1, to: body.count, by: step) {
        let paused = views(decode(body, cuts: [cut], pauses: true))
        let other = Set(whole.keys).union(paused.keys).filter { whole[$0] != paused[$0] }
        #expect(other.isEmpty, "\(filler), \(cut)")
      }
    }
  }

  @Test("a character that is cut hides nothing behind it, whenever somebody asks")
  func cutCharacter() {
    let body = Array("&#xa=".utf8) + [0xe2, 0x3d, 0xe2, 0x80, 0x8b] + Array("2B%A<".utf8)
    let whole = views(decode(body))
    #expect(whole[["entity", "unicode"]] != nil)
    for cut in 1..<body.count { #expect(views(decode(body, cuts: [cut], pauses: true)) == whole, "\(cut)") }
  }

  private func views(_ decoded: (collector: ViewCollector, issues: [DecodingIssue])) -> [[String]: [String]] {
    Dictionary(grouping: decoded.collector.readings.values, by: \.layers).mapValues { $0.map(\.text).sorted() }
  }
}
