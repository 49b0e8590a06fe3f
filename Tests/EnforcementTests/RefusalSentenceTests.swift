internal import Evidence
internal import Testing

@testable internal import Enforcement

@Suite("What a client is told of a block") struct RefusalSentenceTests {
  private func sentence(_ reasons: [(String, String)], remedy: String = "Ask for it.") -> String {
    let decision = Decision(
      action: .block, rule: RuleReference(name: "uploads", file: "sallyport.yaml", line: 3),
      reasons: reasons.map { .init(subject: $0.0, statement: $0.1) }, remedy: remedy)
    let exchange = Exchange(
      sequence: 1, started: Timestamp(millisecondsSinceEpoch: 0), agent: .unknown,
      destination: Destination(host: "paste.example", port: 443), protocolName: .http1, method: "POST", path: "/",
      endpoint: nil, purpose: .unknown, decision: decision, requestBytes: 1, inspectedBytes: 1)
    return decision.refusalSentence(for: exchange)
  }

  @Test("reasons that are sentences become parts of one")
  func clauses() {
    #expect(
      sentence([("purpose", "Nothing in the catalogue describes it."), ("rule", "GitHub is not approved. ")])
        == "Sallyport blocked POST to paste.example (unknown): nothing in the catalogue describes it; "
        + "GitHub is not approved. Rule: uploads (sallyport.yaml:3). Ask for it.")
  }

  @Test(
    "no reasons, empty ones and ones of dots leave no stray marks", arguments: [[], [("rule", "...")], [("x", "")]])
  func none(reasons: [(String, String)]) {
    #expect(
      sentence(reasons)
        == "Sallyport blocked POST to paste.example (unknown). Rule: uploads (sallyport.yaml:3). Ask for it.")
  }

  @Test("a capital that is not a sentence's stays")
  func capitals() {
    #expect(sentence([("protocol", "TLS was begun.")]).contains(": TLS was begun. Rule"))
    #expect(sentence([("finding", "github-token in the body")]).contains(": github-token in the body. Rule"))
  }
}
