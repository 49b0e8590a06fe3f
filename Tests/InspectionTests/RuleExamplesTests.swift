internal import Evidence
internal import Inspection
internal import Testing

@Suite struct RuleExamplesTests {
  private func rule(
    _ examples: [String], not counterExamples: [String] = ["ACME-20"], as dataClass: DataClass = .proprietary,
    isGeneric: Bool = false, id: String = "acme-ticket"
  ) -> DetectorRule {
    DetectorRule(
      id: id, name: "Ticket", dataClass: dataClass, grade: .redact, patterns: [#"\bACME-[0-9]{6}\b"#],
      isGeneric: isGeneric, examples: examples, counterExamples: counterExamples, exampleLines: [8, 9],
      counterExampleLines: [11, 12], file: "detectors/\(id).yaml", line: 1)
  }

  private func problem(_ rules: DetectorRule...) -> DetectorError? {
    do throws(DetectorError) {
      try RuleExamples.check(rules)
      return nil
    } catch {
      return error
    }
  }

  @Test("a detector that finds its examples, and not its counter-examples, is sound")
  func sound() {
    #expect(problem(rule(["see ACME-204816", "ACME-204817"])) == nil)
  }

  @Test("an example that is not found is told with its file, its line and itself")
  func notFound() throws {
    let error = try #require(problem(rule(["see ACME-204816", "see ACME-2048"])))
    #expect(error.code == .example)
    #expect(error.place == "detectors/acme-ticket.yaml:9")
    #expect(error.sentence == "acme-ticket: the detector does not find its example 'see ACME-2048'")
  }

  @Test("a counter-example that is found is told with its file, its line and itself")
  func found() throws {
    let error = try #require(problem(rule(["ACME-204816"], not: ["ACME-20", "ACME-204817"])))
    #expect(error.place == "detectors/acme-ticket.yaml:12")
    #expect(error.sentence == "acme-ticket: the detector finds its counter-example 'ACME-204817'")
  }

  @Test("of a credential that stands as an example no more than half is shown, and of a long text its beginning")
  func shortened() throws {
    let key = try #require(problem(rule(["ACME-2048x"], as: .credential)))
    #expect(key.sentence.hasSuffix("'ACME-…'"))
    let text = try #require(problem(rule([String(repeating: "long\n", count: 40)])))
    #expect(text.sentence.hasSuffix("'long long long long long…'"))
  }

  @Test("each detector is held against its own examples, whatever others make of the same text")
  func together() {
    #expect(problem(rule(["ACME-204816"], isGeneric: true), rule(["ACME-204816"], id: "acme-order")) == nil)
    let other = problem(rule(["ACME-204816"]), rule(["ACME-2048"], id: "acme-order"))
    #expect(other?.place == "detectors/acme-order.yaml:8")
  }

  @Test("a detector without examples, as one of words, has nothing to be held against")
  func words() {
    let words = DetectorRule(
      id: "w", name: "Words", dataClass: .proprietary, grade: .redact, patterns: [], words: ["Project Zephyr"])
    #expect(problem(words) == nil)
  }
}
