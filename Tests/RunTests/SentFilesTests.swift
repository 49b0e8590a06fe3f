internal import Evidence
internal import Testing

@testable internal import Run

@Suite("The files that left")
struct SentFilesTests {
  private func lines(_ path: String, _ range: ClosedRange<Int>, isFirst: Bool = true, version: Int = 1) -> SourceRange {
    SourceRange(
      path: path, version: version, startLine: range.lowerBound, endLine: range.upperBound, bytes: 10 * range.count,
      isFirstSent: isFirst)
  }

  @Test("a line that a conversation repeats is counted once, and the repeats apart")
  func repeats() {
    let sent = SentFiles([
      RecordedRun.exchange("m.example", forwarded: 9, sequence: 1, sources: [lines("a.swift", 1...20)]),
      RecordedRun.exchange(
        "m.example", forwarded: 9, sequence: 2,
        sources: [lines("a.swift", 1...20, isFirst: false), lines("a.swift", 21...30)]),
    ])
    #expect(sent.lines == 30)
    #expect(
      sent.json == [
        [
          "path": "a.swift", "lines": 30,
          "destinations": [
            [
              "host": "m.example", "port": 443, "purpose": "model", "lines": 30, "repeatedLines": 20, "bytes": 500,
              "ranges": [[1, 30]], "exchanges": [1, 2],
            ]
          ],
        ]
      ])
  }

  @Test("what was blocked or never let go has not left")
  func blocked() {
    let source = [lines("a.swift", 1...5)]
    let sent = SentFiles([
      RecordedRun.exchange("m.example", action: .block, sources: source),
      RecordedRun.exchange("m.example", forwarded: 0, sources: source),
    ])
    #expect(sent.files.isEmpty)
  }

  @Test("lines that went to two destinations are the file's once, and each destination's")
  func destinations() throws {
    let sent = SentFiles([
      RecordedRun.exchange("m.example", forwarded: 9, sequence: 1, sources: [lines("a.swift", 1...10)]),
      RecordedRun.exchange("p.example", forwarded: 9, sequence: 2, sources: [lines("a.swift", 6...7)]),
    ])
    let file = try #require(sent.files.first)
    #expect(file.lines == 10)
    #expect(file.destinations.map(\.lines) == [10, 2])
    #expect(sent.lines == 12)
  }

  @Test("a file is told with how many lines it has, where that is known")
  func lengths() {
    let exchange = RecordedRun.exchange(
      "m.example", forwarded: 9, sources: [lines("a.swift", 1...10), lines("b.swift", 1...3)])
    let sent = SentFiles([exchange], lineCounts: ["a.swift": 212])
    #expect(sent.json.array?.map { $0["fileLines"] } == [212, nil])
  }

  @Test("ranges that touch or overlap are one, whatever their order")
  func ranges() {
    #expect(LineSet([8...9, 1...3, 4...5, 2...2]).ranges == [1...5, 8...9])
    #expect(LineSet([8...9, 1...3, 4...5, 2...2]).count == 7)
    #expect(LineSet([]).count == 0)
  }
}
