internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

/// Numbers whose surroundings say what they are.
@Suite struct ContextTests {
  private static func detectors(without: Grade? = nil) throws -> DetectorSet {
    try DetectorSet(
      rules: [
        DetectorRule(
          id: "tax-number", name: "tax number", dataClass: .personal, grade: .redact,
          patterns: [#"(?<![0-9])[0-9]{9}(?![0-9])"#],
          context: DetectorContext(words: ["tax id", "número fiscal", "税号", "ssn"], without: without)),
        DetectorRule(
          id: "member-number", name: "member number", dataClass: .personal, grade: .redact,
          patterns: [#"(?<![0-9])[0-9]{9}(?![0-9])"#], context: DetectorContext(words: ["member"])),
      ], fingerprintKey: Detectors.key)
  }

  private func found(_ text: String, without: Grade? = nil) throws -> [String] {
    try Self.detectors(without: without).inspect(text, place: .body).map { "\($0.detector) \($0.grade.rawValue)" }
  }

  @Test(
    "a number counts beside a word that says what it is, however that is written",
    arguments: [
      "tax id 123456789", "Tax ID: 123456789", "TAX_ID=123456789", "customerTaxId: 123456789", "tax-id\t123456789",
      "the number 123456789 is a tax id", "SSN 123456789", "userSSNNumber=123456789", "ssn2=123456789", "sSn 123456789",
      "SsN: 123456789",
      "número fiscal 123456789", "NÚMERO FISCAL 123456789", "Número Fiscal: 123456789", "我的税号是123456789。",
    ])
  func words(_ text: String) throws { #expect(try found(text) == ["tax-number redact"]) }

  @Test(
    "a word within another, words apart or far away say nothing",
    arguments: [
      "123456789", "syntax idle 123456789", "assn 123456789", "taxi d 123456789", "tax: 1 id: 123456789",
      "tax id" + String(repeating: " .", count: 90) + "123456789",
      "123456789" + String(repeating: " ", count: 50) + "tax id",
    ])
  func noWords(_ text: String) throws { #expect(try found(text) == []) }

  @Test("without its words a match is worth what its detector says")
  func without() throws {
    #expect(try found("123456789", without: .note) == ["tax-number note"])
    #expect(try found("tax id 123456789", without: .note) == ["tax-number redact"])
  }

  @Test("two detectors of one shape are told apart by their words, and both find what has both")
  func shared() throws {
    #expect(try found("member 123456789") == ["member-number redact"])
    #expect(try Set(found("member, tax id 123456789")) == ["member-number redact", "tax-number redact"])
  }

  @Test("wherever the message is cut, and one byte at a time, the same is found")
  func cuts() throws {
    let detectors = try Self.detectors(without: .note)
    let texts = [
      "a tax id of mine 123456789 and 987654321 member, 111222333" + String(repeating: " x", count: 80),
      "first 123456789 is no more and no less than a tax id, as anyone sees",
    ]
    for text in texts {
      let body = Array(text.utf8)
      let whole = try inspect(body, detectors: detectors)
      #expect(whole.findings.contains { $0.grade == .redact })
      for cut in 1..<body.count { #expect(try inspect(body, cuts: [cut], detectors: detectors) == whole, "\(cut)") }
      #expect(try inspect(body, cuts: Array(1..<body.count), detectors: detectors) == whole)
    }
  }

  @Test("words of two scripts lead to the numbers beside both, in whichever order they stand")
  func twoScripts() throws {
    let far = String(repeating: " .", count: 300)
    for text in ["tax id 123456789\(far)税号 987654321", "税号 123456789\(far)tax id 987654321"] {
      #expect(try found(text) == ["tax-number redact", "tax-number redact"])
    }
  }

  @Test("of a table of people as many are told as are read, and one finding stands for the rest")
  func numerous() throws {
    let rows = (0..<2_000).map { "member,\(123_450_000 + $0)\n" }.joined()
    let inspected = try inspect(Array(rows.utf8), detectors: Self.detectors())
    #expect(inspected.findings.count == 501)
    #expect(inspected.findings.filter { $0.fingerprint == nil }.map(\.detector) == ["member-number"])
    #expect(inspected.findings.compactMap(\.more) == [1_500])
    #expect(!inspected.findings.contains { $0.dataClass == .opaque })
  }

  @Test("what is seen in two views counts once in their number")
  func numerousInTwoViews() throws {
    let rows = (0..<800).map { #"member,\#(123_450_000 + $0)\n"# }.joined()
    let body = Array(#"{"a":"\#(rows)"}"#.utf8)
    let content = ContentDescription(contentType: "application/json")
    let found = try inspect(body, content, detectors: Self.detectors()).findings
    #expect(found.count - 1 + (found.compactMap(\.more).first ?? 0) == 800)
  }

  @Test("what they find beyond that is not redacted by halves")
  func notRedactedByHalves() throws {
    let rows = Array((0..<2_000).map { "member,\(123_450_000 + $0)\n" }.joined().utf8)
    let detectors = try Self.detectors()
    let findings = try inspect(rows, detectors: detectors).findings
    #expect(detectors.redact(rows, content: .none, findings: findings) == nil)
  }

  @Test("a text at rest is redacted whole, however much there is in it")
  func redactedWhole() throws {
    let rows = Array((0..<2_000).map { "member,\(123_450_000 + $0)\n" }.joined().utf8)
    let content = ContentDescription(contentType: "text/plain")
    let redacted = try Self.detectors().redact(rows, content: content) { $0.detector == "member-number" }
    #expect(redacted.replaced == 2_000)
    #expect(!String(decoding: redacted.bytes, as: UTF8.self).contains("1234"))
    let zeros = rows + [0]
    let failure = #expect(throws: RedactionFailure.self) {
      try Self.detectors().redact(zeros, content: content) { $0.detector == "member-number" }
    }
    #expect(failure == .form)
  }
}
