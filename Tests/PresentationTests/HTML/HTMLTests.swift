import Testing

@testable import Presentation

@Suite("Pages in HTML")
struct HTMLTests {
  private func string(_ html: HTML) -> String { String(decoding: html.bytes, as: UTF8.self) }

  @Test("elements stand in each other, and text in them is escaped")
  func elements() {
    let html = element("p", .class("a\"b"), Attribute("title", "<&'>")) {
      "1 < 2 & \"3\""
      element("b") { "x" }
    }
    #expect(
      string(html)
        == "<p class=\"a&quot;b\" title=\"&lt;&amp;&#39;&gt;\">1 &lt; 2 &amp; &quot;3&quot;<b>x</b></p>")
  }

  @Test("what would not be seen, or turn the text around, is shown by its name")
  func sanitised() {
    #expect(string(.text("a\u{202E}b\u{0}c\n\u{200B}")) == "a\\u{202E}b\\u{0}c\\n\\u{200B}")
    let link = string(element("a", .link(to: "x\u{202E}")))
    #expect(link == "<a href=\"#x\\u{202E}\"></a>")
  }

  @Test("no text becomes markup, whatever stands in it")
  func property() {
    var random = SplitMix(state: 11)
    let pieces = [
      "<", ">", "\"", "'", "&", "&lt;", "</p>", "<!--", "-->", "=", " ", "a", "é", "\u{0}", "\u{202E}", "`",
    ]
    for _ in 0..<2000 {
      let count = Int.random(in: 0...12, using: &random)
      let text = (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
      let markup = Markup(element("p", Attribute("title", text)) { text }.bytes)
      #expect(markup.complaints.isEmpty, "\(text)")
      #expect(markup.elements.map { $0.name } == ["p"])
      #expect(markup.text == Sanitised(text).text)
      #expect(markup.elements.first?.attributes == ["title": Sanitised(text).text])
    }
  }

  @Test(
    "numbers in pictures are short, and none is without bounds",
    arguments: [
      (1.0, "1"), (-0.04, "0"), (2.25, "2.3"), (-1.5, "-1.5"), (.infinity, "0"), (.nan, "0"), (1e300, "1000000"),
    ])
  func numbers(_ number: Double, _ text: String) {
    #expect(SVGNumber(number).description == text)
  }
}
