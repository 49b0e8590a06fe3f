import Evidence
import Testing

@testable import Presentation

@Suite("Findings as SARIF")
struct ReportSARIFTests {
  private func run() throws -> JSONValue {
    let log = ReportSARIF(try RunReport(json: try ReportSample.rich())).json
    #expect(log["version"]?.string == "2.1.0")
    return try #require(log["runs"]?.array?.first)
  }

  @Test("each finding is a result whose rule the driver has, at the level of its grade")
  func results() throws {
    let run = try run()
    let rules = try #require(run["tool"]?["driver"]?["rules"]?.array)
    let results = try #require(run["results"]?.array)
    #expect(results.map { $0["ruleId"]?.string } == ["github-token", "aws-access-key-id", "email-address"])
    #expect(results.map { $0["level"]?.string } == ["error", "error", "warning"])
    for result in results {
      let index = try #require(result["ruleIndex"]?.integer)
      #expect(rules[index]["id"] == result["ruleId"])
    }
    #expect(run["automationDetails"]?["id"] == "sallyport-run/r_4f9c0a1b2c3d4e5f")
  }

  @Test("a rule says how bad and how sure it is, as GitHub reads it")
  func severities() throws {
    let rules = try #require(try run()["tool"]?["driver"]?["rules"]?.array)
    #expect(rules.map { $0["id"] } == ["aws-access-key-id", "email-address", "github-token"])
    #expect(rules.map { $0["properties"]?["security-severity"] } == ["8.0", "8.0", "8.0"])
    #expect(rules.map { $0["properties"]?["precision"] } == ["very-high", "high", "very-high"])
    #expect(rules.allSatisfy { $0["properties"]?["tags"]?.array?.first == "security" })
    let scores = Severity.allCases.map { severity in
      let finding = Finding(
        detector: "d", dataClass: .personal, grade: .note, severity: severity, place: .body, span: Span(0, 1))
      return RuleProperties(finding).json["security-severity"]
    }
    #expect(scores == ["9.5", "8.0", "5.5", "2.0"])
  }

  @Test("a result says where it was, what was decided, and what proves it")
  func result() throws {
    let result = try #require(try run()["results"]?.array?.first)
    #expect(
      result["message"]?["text"]
        == "github-token (credential) in the body of a message to paste.example.net (unknown), under base64, then gzip: blocked."
    )
    #expect(
      result["locations"]?.array?.first?["logicalLocations"]?.array?.first?["fullyQualifiedName"]
        == "r_4f9c0a1b2c3d4e5f/exchanges/36/body")
    #expect(result["properties"]?["decision"] == "block")
    #expect(result["properties"]?["ledgerIndex"] == 110)
    #expect(result["partialFingerprints"]?["sallyportFinding/v1"]?.string?.count == 32)
    let related = try #require(result["relatedLocations"]?.array)
    #expect(related.map { $0["physicalLocation"]?["artifactLocation"]?["uri"] } == [".env", "src/parser/lexer.py"])
    #expect(related[1]["physicalLocation"]?["region"] == ["startLine": 1, "endLine": 412])
  }

  @Test(
    "a path is a URI, and a directory with a colon is no scheme",
    arguments: [
      ("src/a b.py", "src/a%20b.py"), ("c:/x", "c%3A/x"), ("/home/é", "file:///home/%C3%A9"), ("a%20b", "a%2520b"),
      ("x\u{0}\n", "x%00%0A"),
    ])
  func uris(_ path: String, _ uri: String) {
    #expect(FileURI(path: path).text == uri)
  }

  @Test("what a viewer would take for a link or a placeholder is escaped")
  func messages() {
    #expect(SARIFText("a [b](c) {0} \\ \u{202E}").json == .string(#"a \[b\](c) {{0}} \\ \\u{{202E}}"#))
  }
}
