import Evidence
import Testing

@testable import Presentation

@Suite("The strip of a file's lines")
struct LineStripTests {
  private func strip(_ ranges: [ClosedRange<Int>], _ sent: [SourceRange] = [], of fileLines: Int? = nil) -> Markup {
    let receiver = RunReport.LeftFile.Receiver(
      destination: Destination(host: "a.example", port: 443), purpose: .model, lines: 1, repeatedLines: 0, bytes: 1,
      ranges: ranges, exchanges: [])
    return Markup(LineStrip("src/a.swift", receiver, sent: sent, fileLines: fileLines).html.bytes)
  }

  private func rectangles(_ markup: Markup, _ style: String) -> [[Int]] {
    markup.all("rect").filter { $0.attributes["class"] == style }.map {
      [Int($0.attributes["x"] ?? "") ?? -1, Int($0.attributes["width"] ?? "") ?? -1]
    }
  }

  @Test("lines that left are filled, in a strip up to the last of them")
  func whole() {
    let markup = strip([3...4, 9...10])
    #expect(rectangles(markup, "track") == [[0, 10]])
    #expect(rectangles(markup, "whole") == [[2, 2], [8, 2]])
    #expect(markup.all("svg").first?.attributes["aria-label"] == "lines 3–4, 9–10 of src/a.swift went to a.example")
  }

  @Test("where the length of the file is known, the strip goes to its end, and says so")
  func length() {
    let markup = strip([10...40], of: 212)
    #expect(rectangles(markup, "track") == [[0, 212]])
    #expect(rectangles(markup, "whole") == [[9, 31]])
    #expect(markup.all("svg").first?.attributes["aria-label"] == "lines 10–40 of 212 of src/a.swift went to a.example")
    #expect(rectangles(strip([1...800], of: 1600), "whole") == [[0, 200]])
  }

  @Test("a line that left in part is half, unless it left whole another time; what was repeated is underlined")
  func parts() {
    let part = SourceRange(
      path: "a", startLine: 2, endLine: 5, startColumn: 4, endColumn: 9, bytes: 9, isFirstSent: true)
    #expect(rectangles(strip([2...5], [part]), "part") == [[1, 1], [4, 1]])
    let again = SourceRange(path: "a", startLine: 1, endLine: 2, bytes: 9, isFirstSent: false)
    let markup = strip([1...5], [part, again])
    #expect(rectangles(markup, "part") == [[4, 1]])
    #expect(rectangles(markup, "again") == [[0, 2]])
  }

  @Test("a file of any length has a strip of bounded size", arguments: [1, 399, 401, 1_000_000, 9_007_199_254_740_991])
  func long(lines: Int) {
    let markup = strip([1...lines, (lines / 2 + 1)...lines])
    #expect(markup.complaints.isEmpty)
    #expect(rectangles(markup, "whole").map { $0[1] } == [min(lines, 400)])
  }
}
