internal import Catalog
internal import Evidence
internal import Patterns
internal import Testing
internal import Wire

@testable internal import Enforcement

/// Which credentials are a client signing in, and which are leaks.
@Suite struct FindingSieveTests {
  private static let knowledge = Result {
    try Knowledge.load(
      from: [#filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/Sources/Catalog/Resources"])
  }

  /// What is left of a credential that `agent` sends, the detector's issuers being known.
  private func grade(
    _ detector: String, issuers: [String] = [], at place: Finding.Place, of request: String, body: String = ""
  ) throws -> Grade? {
    let parts = request.split(separator: " ", maxSplits: 2).map(String.init)
    let captured = Captured(
      origin: Origin(agent: Agent(id: "claude-code")), destination: Destination(host: parts[1], port: 443),
      protocolName: .http1, method: parts[0], target: parts[2])
    let recognition = try Self.knowledge.get().recognise(
      captured.facts(bodyPrefix: Array(body.utf8)), by: captured.origin.agent.id)
    let sieve = FindingSieve(
      recognition: recognition, issuers: issuers.isEmpty ? [:] : [detector: Set(issuers)],
      placeholders: PlaceholderTable([]), captured: captured)
    let finding = Finding(
      detector: detector, dataClass: .credential, grade: .block, place: place, span: Span(0, 40))
    return sieve.sift([finding]).first?.grade
  }

  @Test("a key in the field where its issuer asks for it is worth a note")
  func signIn() throws {
    let request = "POST api.anthropic.com /v1/messages"
    #expect(try grade("a", issuers: ["anthropic"], at: .header("x-api-key"), of: request) == .note)
    #expect(try grade("any", at: .header("authorization"), of: request) == .note)
  }

  @Test("the same key for another vendor, in another field or in the body is a leak")
  func leak() throws {
    let model = "POST api.anthropic.com /v1/messages"
    #expect(try grade("a", issuers: ["openai"], at: .header("x-api-key"), of: model) == .block)
    #expect(try grade("a", issuers: ["anthropic"], at: .header("x-note"), of: model) == .block)
    #expect(try grade("a", issuers: ["anthropic"], at: .body, of: model) == .block)
    #expect(try grade("a", at: .header("authorization"), of: "POST paste.unknown.test /") == .block)
  }

  @Test("a key that nobody is known to have issued is no cookie of somebody else's")
  func cookies() throws {
    #expect(try grade("any", at: .header("cookie"), of: "GET api.github.com /user") == .block)
    #expect(try grade("any", at: .header("cookie"), of: "POST api.anthropic.com /v1/messages") == .note)
  }

  @Test("a token is renewed in the body, at the agent's own vendor only")
  func renewal() throws {
    let renewal = "POST console.anthropic.com /v1/oauth/token"
    #expect(try grade("a", issuers: ["anthropic"], at: .body, of: renewal) == .note)
    #expect(try grade("a", issuers: ["github"], at: .body, of: renewal) == .block)
    #expect(try grade("a", at: .body, of: "POST auth.openai.com /oauth/token") == .block)
  }

  @Test("a planted canary is no placeholder: where placeholders belong it stays what it is")
  func plantedCanary() throws {
    let destination = Destination(host: "api.anthropic.com", port: 443)
    let captured = Captured(
      origin: Origin(agent: Agent(id: "claude-code")), destination: destination, protocolName: .http1, method: "POST",
      target: "/v1/messages")
    let recognition = try Self.knowledge.get().recognise(captured.facts(bodyPrefix: []), by: "claude-code")
    let host = try #require(DestinationPattern("api.anthropic.com"))
    let table = PlaceholderTable([.init(name: "K", placeholder: "p", value: Secret("v"), hosts: [host])])
    let sieve = FindingSieve(recognition: recognition, issuers: [:], placeholders: table, captured: captured)
    func left(_ detector: String) -> [Finding] {
      sieve.sift([Finding(detector: detector, dataClass: .canary, grade: .block, place: .body, span: Span(0, 40))])
    }
    #expect(left("planted-canary").map(\.grade) == [.block])
    #expect(left("canary").allSatisfy { $0.grade == .note })
  }
}
