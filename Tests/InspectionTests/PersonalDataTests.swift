internal import Evidence
internal import Inspection
internal import Testing

/// Personal and financial data where programs and people write them.
@Suite struct PersonalDataTests {
  private func found(_ text: String) throws -> [String] {
    try Detectors.set().inspect(text, place: .body).map(\.detector)
  }

  @Test("an address of mail in a statement's quotes is found, a whole one")
  func statement() throws {
    let text = "INSERT INTO people VALUES ('Sally', 'sally.port@posteo.de', 'Berlin');"
    let findings = try Detectors.set().inspect(text, place: .body)
    #expect(findings.map(\.detector) == ["email-address"])
    #expect(findings.map(\.span) == [Span(37, 57)])
  }

  @Test(
    "plus signs of a recorded request are spaces, in its first field and in later ones",
    arguments: [
      "POST /c HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\nid=8841&phone=%2B49+30+901820&city=x\n",
      "phone=%2B49+30+901820&city=x", "https://api.company.dev/c?phone=%2B49+30+901820",
    ])
  func query(_ text: String) throws { #expect(try found(text).contains { $0.hasPrefix("phone-") }) }

  @Test("an abbreviation of single letters speaks for a number where it has its dots")
  func abbreviations() throws {
    for text in ["C.C. 79.123.456 de Cali", "C. C. No. 79.123.456", "c.c. 79123456", "(C.C 79.123.456)"] {
      #expect(try found(text).contains("co-cedula"), "\(text)")
    }
    let others = [
      "build the C/C++ code, session 1764012345 of today", #"{"file":"a.c","c":"x","ts":1764012345}"#,
      "rm -r c c 79123456", "let sum = c.c + 79123456", "cp x.c.c 79123456", "for (r, g, b) in 79123456",
    ]
    for text in others { #expect(try found(text).isEmpty, "\(text)") }
  }

  @Test(
    "numbers are found under the names that their issuers use",
    arguments: [
      ("NIF (Numéro d'Immatriculation Fiscale): 3075083545009", "fr-tax-number"), ("RUC 800000358", "py-ruc"),
      ("EMŠO 0101006500006", "si-emso"), ("South African tax number 0001339050", "za-tax-number"),
    ])
  func names(_ text: String, _ detector: String) throws { #expect(try found(text).contains(detector)) }

  @Test("a Belgian number of somebody born in 1992 is not checked as one of 2092")
  func centuries() throws {
    #expect(try found("BIS number: 92.44.28-996.45") == [])
    #expect(try found("BIS number: 01.49.91-701.66") == ["be-national-number"])
  }

  @Test("a word that is in the match itself is a word near it")
  func within() throws {
    let rule = DetectorRule(
      id: "member-number", name: "member number", dataClass: .personal, grade: .redact,
      patterns: [#"no [0-9]{9} of a member"#], context: DetectorContext(words: ["member"]))
    let detectors = try DetectorSet(rules: [rule], fingerprintKey: Detectors.key)
    #expect(detectors.inspect("no 123456789 of a member", place: .body).count == 1)
  }
}
