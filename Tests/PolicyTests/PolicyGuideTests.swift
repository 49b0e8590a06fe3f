internal import Evidence
internal import Foundation
internal import Policy
internal import Testing

/// Runs every example of `docs/policy.md`.
@Suite struct PolicyGuideTests {
  /// A fenced block: its language and lines.
  private struct Block {
    let language: String
    let line: Int
    let lines: [String]
  }

  private static func blocks() throws -> [Block] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent("docs/policy.md"), encoding: .utf8)
    var blocks: [Block] = []
    var open: (language: String, line: Int, lines: [String])?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```"), let block = open {
        blocks.append(Block(language: block.language, line: block.line, lines: block.lines))
        open = nil
      } else if line.hasPrefix("```") {
        open = (String(line.dropFirst(3)), index + 1, [])
      } else {
        open?.lines.append(String(line))
      }
    }
    return blocks
  }

  @Test("every policy on the page parses, and every question gets the answer that the page gives")
  func examples() throws {
    var policy: PolicyDocument?
    var owners: CodeOwners?
    var questions = 0
    for block in try Self.blocks() {
      switch block.language {
      case "yaml":
        let parsed = try Fixture.policy(block.lines.joined(separator: "\n"), file: "docs/policy.md:\(block.line)")
        policy = owners.map(parsed.applied) ?? parsed
        #expect(parsed.warnings.isEmpty, "an example of ours has no dead part")
      case "codeowners":
        owners = try CodeOwners.parse(block.lines.joined(separator: "\n"), file: "CODEOWNERS").get()
      case "questions":
        let policy = try #require(policy)
        for line in block.lines {
          let parts = line.split(separator: " -> ")
          let answer = try #require(parts.last?.split(separator: ": ", maxSplits: 1))
          let decision = policy.decide(try Self.question(String(parts[0])))
          #expect(decision.action.rawValue == String(answer[0]), "\(line): \(decision.rule)")
          #expect(decision.rule.name == String(answer[1]), "\(line)")
          questions += 1
        }
      default: Issue.record("line \(block.line): a block of '\(block.language)' is run by nothing")
      }
    }
    #expect(questions > 50)
  }

  /// `by=codex@1.2 POST host/path purpose own vendor=x endpoint=y protocol=z bytes=9 at=… class/grade@place:detector`,
  /// where the grade may be followed by `/severity`, the place by `*12` for so many values or `*fingerprint`,
  /// and of files `source=path:4-15 share=60 sent-lines=200 gap=indexing`.
  private static func question(_ line: String) throws -> Question {
    var words = line.split(separator: " ").map(String.init)
    var question = Fixture.question(place: Question.Place(workspace: "/w", hostname: "build-1", home: "/home/u"))
    if let by = words.first, by.hasPrefix("by=") {
      let parts = by.dropFirst(3).split(separator: "@").map(String.init)
      question.agent = Agent(id: parts[0], version: parts.count > 1 ? parts[1] : nil)
      words.removeFirst()
    }
    let slash = try #require(words[1].firstIndex(of: "/"))
    question.method = words[0]
    question.destination = Destination(host: String(words[1][..<slash]), port: 443)
    question.path = String(words[1][slash...])
    question.purpose = try #require(Purpose(rawValue: words[2]))
    for word in words.dropFirst(3) {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      switch parts[0] {
      case "own": question.isOwnVendor = true
      case "vendor": question.vendor = parts[1]
      case "endpoint": question.endpoint = parts[1]
      case "bytes": question.bytes = try #require(Int(parts[1]))
      case "fields": question.fieldBytes = try #require(Int(parts[1]))
      case "sent": question.sentBytes = try #require(Int(parts[1]))
      case "source":
        question.attributed.sources.append(try Fixture.source(parts[1]))
        if question.attributed.share == 0 { question.attributed.share = 1 }
      case "share": question.attributed.share = try #require(Double(parts[1])) / 100
      case "gap":
        let gap: Attributed.Gap = try #require(Attributed.Gap(rawValue: parts[1]))
        question.attributed.gap = gap
      case "sent-lines": question.sentLines = SentLineCounts(base: try #require(Int(parts[1])))
      case "protocol": question.protocolName = try #require(Exchange.ProtocolName(rawValue: parts[1]))
      case "at":
        let date = try Date(parts[1], strategy: .iso8601)
        question.time = Timestamp(millisecondsSinceEpoch: Int64(date.timeIntervalSince1970) * 1000)
      default: question.findings += try findings(word)
      }
    }
    return question
  }

  private static func findings(_ text: String) throws -> [Finding] {
    let parts = text.split(separator: "*").map(String.init)
    if parts.count > 1, let count = Int(parts[1]), count < 1000 {
      return try (0..<count).map { try finding(parts[0], "value \($0)") }
    }
    return [try finding(parts[0], parts.count > 1 ? parts[1] : nil)]
  }

  private static func finding(_ word: String, _ fingerprint: String?) throws -> Finding {
    var parts = word.split(whereSeparator: { "/@:".contains($0) }).map(String.init)
    let severity = parts.count > 2 ? Severity(rawValue: parts[2]) : nil
    if severity != nil { parts.remove(at: 2) }
    let dataClass = try #require(DataClass(rawValue: parts[0]), "\(word)")
    let grade = try #require(Grade(rawValue: parts[1]), "\(word)")
    return Fixture.finding(
      dataClass, grade, severity: severity, detector: parts.count > 3 ? parts[3] : "some-detector",
      fingerprint: fingerprint)
  }
}
