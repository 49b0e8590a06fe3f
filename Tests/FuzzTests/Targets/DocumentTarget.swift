internal import Documents
internal import Evidence

@testable internal import Catalog
@testable internal import Policy

/// Files that people write: policies, CODEOWNERS, the catalogue and its detectors; the first byte chooses.
enum DocumentTarget {
  static func check(_ input: [UInt8]) throws {
    guard let choice = input.first else { return }
    let text = String(decoding: input.dropFirst(), as: UTF8.self)
    switch choice & 3 {
    case 0: try checkPolicy(text)
    case 1: try checkOwners(text)
    case 2: try checkDetector(text)
    default: try checkCatalogue(text)
    }
  }

  private static func check(_ problems: [DocumentProblem], _ text: String) throws {
    let lines = text.utf8.count { $0 == 0x0a || $0 == 0x0d } + text.unicodeScalars.count { $0.value > 0x7f } + 2
    try demand(!problems.isEmpty, "a refusal without a reason")
    try demand(problems.count <= DocumentLimits.problems, "\(problems.count) problems")
    for problem in problems {
      try demand((1...lines).contains(problem.place.line), "line \(problem.place.line) of \(lines): \(problem)")
      try demand(problem.description.utf8.count < 4096, "a problem of \(problem.description.utf8.count) bytes")
    }
  }

  private static func checkPolicy(_ text: String) throws {
    switch PolicyDocument.parse(text, file: "sallyport.yaml") {
    case .failure(let errors): try check(errors.problems, text)
    case .success(let policy):
      _ = policy.warnings
      for question in questions {
        let decision = policy.decide(question)
        let deciding = policy.explain(question).filter(\.decides)
        try demand(deciding.count == 1, "\(deciding.count) steps decide")
        try demand(deciding.first?.rule == decision.rule, "explained by another rule than decided")
        try demand(policy.redactions(question).allSatisfy(question.findings.indices.contains), "a redaction outside")
      }
    }
  }

  private static let questions: [Question] = {
    let finding = Finding(
      detector: "github-token", dataClass: .credential, grade: .block, place: .body, span: Span(3, 40))
    var source = SystemRandomNumberGenerator()
    var model = Question(
      subject: Subject(pseudonym: "p_test", run: RunID.random(using: &source)), agent: Agent(id: "codex"),
      destination: Destination(host: "api.openai.com", port: 443), endpoint: "openai/responses", isOwnVendor: true,
      purpose: .model, method: "POST", path: "/v1/responses?x=y", protocolName: .http1, findings: [finding], bytes: 50,
      time: Timestamp(millisecondsSinceEpoch: 1_795_000_000_000), place: .init(workspace: "/w", home: "/h"))
    model.attributed = Attributed(
      sources: [SourceRange(path: "secrets/a.pem", startLine: 1, endLine: 9, bytes: 300, isFirstSent: true)], share: 0.4
    )
    var other = model
    other.destination = Destination(host: "10.1.2.3", port: 22)
    other.purpose = .unknown
    other.findings = []
    other.answer = .no
    return [model, other]
  }()

  private static func checkOwners(_ text: String) throws {
    switch CodeOwners.parse(text, file: "CODEOWNERS") {
    case .failure(let errors): try check(errors.problems, text)
    case .success(let owners):
      for path in ["a.js", "docs/deep/b.md", "src/x y.c", ""] { _ = owners.owners(of: path) }
    }
  }

  private static func checkDetector(_ text: String) throws {
    do throws(DetectorFileError) {
      let rule = try DetectorRules.parse(text, file: "x.yaml")
      try? demand(!rule.patterns.isEmpty, "a detector without patterns")
    } catch {
      try demand(error.line >= 1, "line \(error.line)")
    }
  }

  private static func checkCatalogue(_ text: String) throws {
    let root: DocumentNode
    do throws(DocumentProblem) {
      root = try DocumentNode.read(yaml: text, file: "agents/x.yaml")
    } catch {
      return try check([error], text)
    }
    var reader = CatalogReader(file: "agents/x.yaml")
    _ = reader.agent(root)
    _ = reader.vendor(root)
    _ = reader.sharedEnvironment(root)
    _ = reader.trust(root)
    try check(reader.reading.problems, text)
  }
}
