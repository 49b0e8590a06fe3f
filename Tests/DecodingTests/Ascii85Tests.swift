internal import Decoding
internal import Testing

/// Ascii85 between its marks.
@Suite struct Ascii85Tests {
  private func encoded(_ text: [UInt8]) -> String {
    var out = "<~"
    for start in stride(from: 0, to: text.count, by: 4) {
      let group = Array(text[start..<min(text.count, start + 4)])
      var value = (0..<4).reduce(0) { $0 << 8 | ($1 < group.count ? Int(group[$1]) : 0) }
      var digits: [Character] = []
      for _ in 0..<5 {
        digits.insert(Character(UnicodeScalar(UInt8(33 + value % 85))), at: 0)
        value /= 85
      }
      out += String(digits.prefix(group.count + 1))
    }
    return out + "~>"
  }

  private func isSeen(_ body: String, cuts: [Int] = [], pauses: Bool = false) -> Bool {
    decode(Array(body.utf8), cuts: cuts, pauses: pauses).collector.span(of: LayerTests.secret, under: ["base85"]) != nil
  }

  @Test("it is found wherever it stands")
  func offsets() {
    let text = encoded(Array("GITHUB_TOKEN=\(LayerTests.secret)\n".utf8))
    for count in 0..<120 {
      let words = String("abcdefg hijk lmn opqrst uvw xyz ".prefix(32)) + String(repeating: "word and ", count: 12)
      #expect(isSeen(words.prefix(count) + text), "\(count)")
      #expect(isSeen(String(repeating: "a", count: count) + text), "\(count)")
    }
  }

  @Test("it is found behind escapes, some of which its own characters look like")
  func afterEscape() {
    let text = encoded(Array("one, two, and a longer text before the secret: \(LayerTests.secret)\n".utf8))
    for count in 0..<30 { #expect(isSeen("a\\nb" + String(repeating: "-", count: count) + " " + text), "\(count)") }
  }

  @Test("it is read wherever the message is cut")
  func cuts() {
    let body = "some words " + encoded(Array("GITHUB_TOKEN=\(LayerTests.secret)\n".utf8)) + " and more"
    for cut in 1..<body.utf8.count {
      #expect(isSeen(body, cuts: [cut]), "\(cut)")
      #expect(isSeen(body, cuts: [cut], pauses: true), "\(cut)")
    }
  }
}
