internal import Evidence
internal import Testing

@testable internal import Inspection

/// Passages that somebody else found are taken out by lines, and never across the quotes of a string.
@Suite struct PassageTests {
  private static let kind = RedactedKind(detector: "own-code", dataClass: .proprietary, grade: .redact)

  /// What is taken out of a text where these parts of it were found.
  private func cut(_ text: String, _ parts: [String], margin: Int = 0) -> [String] {
    let bytes = Array(text.utf8)
    let passages = parts.compactMap { part in
      bytes.firstRange(of: Array(part.utf8)).map { FoundPassage(kind: Self.kind, range: $0, margin: margin) }
    }
    #expect(passages.count == parts.count)
    return PassageSpread(bytes).stretches(of: passages).map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  private static let lines = ["  let first = compute(harbour)", "  let second = compute(tide, 17)", "  return first"]
  private static let found = "first = compute(harbour)\n  let second = compute(ti"

  @Test("in plain text, to the ends of its lines")
  func plain() {
    let text = "Explain:\n\n" + Self.lines.joined(separator: "\n") + "\n"
    #expect(cut(text, [Self.found]) == [Self.lines[...1].joined(separator: "\n")])
  }

  @Test("in strings of JSON, and in strings within strings", arguments: 1...3)
  func nested(_ depth: Int) {
    var text = "Explain:\n" + Self.lines.joined(separator: "\n")
    var found = Self.found
    for _ in 0..<depth {
      text = "{\"a\":\"" + String(decoding: JSONText.escaped(Array(text.utf8)), as: UTF8.self) + "\",\"b\":\"other\"}"
      found = String(decoding: JSONText.escaped(Array(found.utf8)), as: UTF8.self)
    }
    let expected = JSONText.escaped(Array(Self.lines[...1].joined(separator: "\n").utf8), depth: depth)
    #expect(cut(text, [found]) == [String(decoding: expected, as: UTF8.self)])
  }

  @Test("lines that may belong to it go with it, up to an empty one or a fence")
  func margins() {
    let text = (["Explain this:", ""] + Self.lines + ["```", "And be quick about it."]).joined(separator: "\n")
    #expect(cut(text, ["let second = compute(tide, 17)"], margin: 32) == [Self.lines.joined(separator: "\n")])
    #expect(cut(text, ["let second = compute(tide, 17)"], margin: 0) == [Self.lines[1]])
  }

  @Test("what goes from one string into the next is taken out of each, and never what is between them")
  func acrossStrings() {
    let (first, second) = ("one long line of code, here it is", "and one more line, as it is there")
    let text = #"{"messages":[{"role":"user","content":"\#(first)"},{"role":"user","content":"\#(second)"}]}"#
    let found = first.dropFirst(4) + #""},{"role":"user","content":""# + second.dropLast(6)
    #expect(cut(text, [String(found)]) == [first, second])
    let less = first.dropFirst(4) + #""},{"role":"user","content":""# + second.dropLast(20)
    #expect(cut(text, [String(less)]) == [first], "of a part too short to be one nothing goes")
  }

  @Test("two with little between them are one, unless one was taken out there")
  func near() {
    let text = (Self.lines + ["  changed()"] + ["  let third = compute(harbour, tide)"]).joined(separator: "\n")
    let parts = ["let second = compute(tide, 17)", "let third = compute(harbour, tide)"]
    let all = Self.lines[1...] + ["  changed()", "  let third = compute(harbour, tide)"]
    #expect(cut(text, parts) == [all.joined(separator: "\n")])
    let replaced = text.replacing("  changed()", with: "REDACTED_own_code_abcdefghij")
    #expect(
      cut(replaced, parts) == [Self.lines[1], "  let third = compute(harbour, tide)"], "with no margin, line by line")
  }

  @Test("of a line without end only the passage goes")
  func longLine() {
    let filler = String(repeating: "x = 1; ", count: 200)
    let found = "call(harbour, tide, depth, 12)"
    #expect(cut(filler + found + ";" + filler, [found], margin: 32) == [found])
  }

  @Test("what follows a conversation does not change what was cut before")
  func prefix() throws {
    let first = #"{"messages":[{"content":"a\nlet second = compute(tide, 17)\nb"}"#
    let more = first + #",{"content":"a\nlet second = compute(tide, 17)\nb\nc and what follows here"}]}"#
    let part = "let second = compute(tide, 17)"
    let (short, long) = (Array((first + "]}").utf8), Array(more.utf8))
    let one = PassageSpread(short).stretches(of: [
      FoundPassage(kind: Self.kind, range: try #require(short.firstRange(of: Array(part.utf8))), margin: 32)
    ])
    let both = PassageSpread(long).stretches(
      of: long.ranges(of: Array(part.utf8)).map { FoundPassage(kind: Self.kind, range: $0, margin: 32) })
    #expect(one.count == 1 && both.count == 2 && both[0].range == one[0].range)
  }
}
