internal import Evidence
internal import Testing

@testable internal import Enforcement

@Suite("What the ledger is told of the files inside a message")
struct RecordedSourcesTests {
  private func range(_ path: String, _ lines: ClosedRange<Int>, isFirst: Bool = true) -> SourceRange {
    SourceRange(path: path, startLine: lines.lowerBound, endLine: lines.upperBound, bytes: 1, isFirstSent: isFirst)
  }

  private func elements(_ sources: [SourceRange], namesPaths: Bool = true) throws -> [JSONValue] {
    let recorded = RecordedSources(
      attributed: Attributed(sources: sources), namesPaths: namesPaths,
      salts: CommitmentSalts(derivation: SaltDerivation(key: Secret(Array("a key".utf8))), sequence: 4))
    return try #require(try JSONParser.parse(CanonicalText { recorded.write(to: &$0) }.bytes).array)
  }

  @Test("a file is one element with its lines, neighbours joined, and how many of them are new")
  func oneFile() throws {
    #expect(
      try elements([range("a.swift", 1...9, isFirst: false), range("a.swift", 10...12), range("a.swift", 20...21)]) == [
        ["path": "a.swift", "version": 1, "lines": [[1, 12], [20, 21]], "firstSent": 5]
      ])
  }

  @Test("where the policy wants it, a path is only committed to, and the same path elsewhere looks different")
  func committed() throws {
    let told = try elements([range("secret/plan.md", 1...9), range("secret/plan.md.old", 1...9)], namesPaths: false)
    let text = String(decoding: try CanonicalJSON.encode(.array(told)), as: UTF8.self)
    #expect(!text.contains("plan"))
    let commitments = told.compactMap { $0["pathCommitment"]?["c"]?.string }
    #expect(Set(commitments).count == 2)
  }

  @Test("a path too long to be told is committed to")
  func longPath() throws {
    let path = String(repeating: "a/", count: 600)
    #expect(try elements([range(path, 1...2)]).first?["path"] == nil)
    #expect(try elements([range(path, 1...2)]).first?["pathCommitment"] != nil)
  }

  @Test("however many files and lines there are, an entry has room for them")
  func bounded() throws {
    var sources: [SourceRange] = []
    for file in 0..<500 {
      let path = "\u{1}\(file)" + String(repeating: "\u{1}", count: 900)
      for line in 0..<400 { sources.append(range(path, line * 3 + 1...line * 3 + 2)) }
    }
    let encoded = try CanonicalJSON.encode(.array(try elements(sources)))
    #expect(encoded.count <= EnforcementLimits.recordedSourceBytes)
    #expect(try !elements([SourceRange](sources.prefix(400))).isEmpty)
  }
}
