internal import Testing

@testable internal import Attribution

/// What is kept of a conversation does not grow with the number of its messages.
@Suite struct RunNumbersTests {
  private static func match(lines: Int, every bytes: Int) -> SegmentMatch {
    var match = SegmentMatch()
    for line in 0..<lines {
      let start = line * bytes
      match.lines.append(.init(hash: UInt32(line), runBytes: UInt32(bytes), start: start))
      // Without its line's end, so that runs do not touch.
      let place = start..<start + bytes - 1
      match.claims.append(.init(document: 0, text: place, place: place, copies: 1, run: line / 2))
    }
    return match
  }

  @Test("after a thousand messages of which each replaces the last one's end, runs are as many as there are")
  func conversation() throws {
    let index = SourceIndex([:])
    index.take("a.swift", "let first = 1\nlet second = 2\n")
    let snapshot = try #require(index.snapshot)
    let bytes = 40
    var whole = Self.match(lines: 60, every: bytes)
    for _ in 0..<1_000 {
      let known = KnownMatch(whole, of: 60 * bytes, in: snapshot)
      let goesOn = RepeatedText(known, prefix: 50 * bytes, of: 60 * bytes)
      let repeated = try #require(goesOn, "too little is the same")
      whole = repeated.completed(by: Self.match(lines: repeated.fresh.count / bytes, every: bytes))
    }
    #expect(whole.claims.count == 60)
    #expect(whole.runCount <= 60)
    #expect(Set(whole.claims.map(\.run)).count == whole.runCount)
  }
}
