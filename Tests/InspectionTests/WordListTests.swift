internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

@Suite struct WordListTests {
  private static func detectors(_ words: [String]) throws -> DetectorSet {
    let rule = DetectorRule(
      id: "projects", name: "Projects", dataClass: .proprietary, grade: .redact, patterns: [], words: words)
    return try DetectorSet(rules: [rule], fingerprintKey: Detectors.key)
  }

  private static let projects = [
    "Project Zephyr", "GitHub Actions", "Acme7", "naïve Zürich plan", "wolkenkuckuck", "Nord-Ost Linie",
  ]

  @Test(
    "a phrase is found whole, in any letter case, however its words are joined",
    arguments: [
      "about Project Zephyr.", "PROJECT ZEPHYR", "project  zephyr", "project_zephyr", "project-zephyr=1",
      "projectZephyr",
      "class ProjectZephyrClient {", "PROJECTZEPHYR", "https://projectzephyr.example/", "of Project\n// Zephyr",
      "github actions",
      "GitHub Actions", "GITHUB_ACTIONS", "acme7", "ACME7-x", "NAÏVE ZÜRICH PLAN", "naïve zürich plan",
      "Naïve Zürich Plan",
      "Wolkenkuckuck", "nord ost linie", "NordOstLinie",
    ])
  func found(_ text: String) throws {
    let findings = try Self.detectors(Self.projects).inspect(text, place: .body)
    #expect(findings.count == 1, "\(findings)")
    #expect(findings.first?.detector == "projects" && findings.first?.dataClass == .proprietary)
  }

  @Test(
    "parts of words and of phrases are not found",
    arguments: [
      "project zephyrs", "Zephyr project", "project of Zephyr's", "project: a new one.     Zephyr", "acme 7", "acme77",
      "xwolkenkuckuck", "wolkenkuckucksheim", "github",
    ])
  func notFound(_ text: String) throws {
    #expect(try Self.detectors(Self.projects).inspect(text, place: .body).isEmpty)
  }

  @Test("a phrase is told from its first letter to its last")
  func span() throws {
    let findings = try Self.detectors(Self.projects).inspect("see Project Zephyr now", place: .body)
    #expect(findings.map(\.span) == [Span(4, 18)])
  }

  @Test("every split of a body in two gives the same findings")
  func everySplit() throws {
    let detectors = try Self.detectors(Self.projects)
    let body = Array("Our Project Zephyr, projectZephyrClient and wolkenkuckuck in Zürich; GitHub Actions".utf8)
    let whole = try inspect(body, detectors: detectors)
    #expect(whole.findings.count == 4)
    for cut in 0...body.count {
      #expect(try inspect(body, cuts: [cut], detectors: detectors) == whole, "\(cut)")
    }
  }

  @Test("whoever asks after every byte finds the same at the end, and what is there meanwhile")
  func everyByte() throws {
    let detectors = try Self.detectors(Self.projects)
    let body = Array("Our Project Zephyr".utf8)
    var inspector = MessageInspector(detectors, place: .body)
    for byte in body {
      withUnsafeBytes(of: byte) { inspector.inspect($0) }
      _ = inspector.findingsSoFar()
    }
    #expect(inspector.findingsSoFar().findings.count == 1)
    #expect(inspector.finish() == (try inspect(body, detectors: detectors)))
  }

  @Test("phrases are found under every encoding of texts", arguments: Encoding.all + Encoding.ofText)
  func encodings(_ encoding: Encoding) throws {
    let body = try encoding.encode(
      Array("The customers of Wolkenkuckuck Projektgesellschaft are told tomorrow.\n".utf8))
    let detectors = try Self.detectors(["Wolkenkuckuck Projektgesellschaft"])
    #expect(try inspect(body, encoding.content, detectors: detectors).findings.contains { $0.detector == "projects" })
  }

  @Test("ten thousand phrases are looked for at once, and many mentions are no flood")
  func many() throws {
    let words = (0..<10_000).map { "Customer \($0) Holding" }
    let detectors = try Self.detectors(words)
    let body = Array((0..<3000).map { "Customer \($0 * 3) Holding\n" }.joined().utf8)
    let findings = try inspect(body, detectors: detectors).findings
    #expect(findings.count > 400 && findings.allSatisfy { $0.detector == "projects" })
  }

  @Test("a phrase of too many words is refused with its detector's place")
  func refused() {
    let words = String(repeating: "aB", count: 60)
    #expect(throws: DetectorError.self) { try Self.detectors([words]) }
  }

  @Test("an explanation tells the phrase's detector")
  func explained() throws {
    let candidates = try Self.detectors(Self.projects).explain(Array("on Project Zephyr".utf8))
    #expect(candidates.contains { $0.detector.id == "projects" && $0.isFound })
  }
}
