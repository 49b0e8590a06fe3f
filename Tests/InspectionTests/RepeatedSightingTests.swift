internal import Evidence
internal import Inspection
internal import Testing

/// One value is one finding. Made up, and in parts, so that no scanner takes this file for a leak.
@Suite struct RepeatedSightingTests {
  private func found(_ parts: String...) throws -> [Finding] {
    try Detectors.set().inspect(parts.joined(), place: .body).filter { $0.grade != .note }
  }

  @Test("what two detectors take for somebody's secret is told once, as much of it as any sees")
  func generic() throws {
    let setting = try found("DB_PASS", "WORD=kT9pQ2vL", "m4xZ\n")
    #expect(setting.count == 1 && setting.first?.grade == .redact, "\(setting)")
    #expect(setting.first?.span == Span(12, 24))
    #expect(try found("KUBE_TO", "KEN=kT9pQ2vL", "m4xZ8821aaz\n").count == 1)
  }

  @Test("a token that a Kubernetes Secret has in base64 is told as the token, at the stricter grade")
  func encoded() throws {
    let token = [
      "ZXlKaGJHY2lPaUpTVXpJMU5pSXNJbXRwWkNJNklrMWFYM2tpZlEuZXlKcGMzTWlPaUpyZFdKbGNtNWxkR1Z6TDNObGNuWnBZMlZoWTJO",
      "dmRXNTBJaXdpYzNWaUlqb2ljM2x6ZEdWdE9uTmxjblpwWTJWaFkyTnZkVzUwSW4wLlptOXZZbUZ5WW1GNmNYVjRabTl2WW1GeVltRjZj",
      "WFY0Wm05dg==",
    ].joined()
    let findings = try found("kind: Secret\ndata:\n  token: ", token, "\n")
    #expect(findings.map(\.detector) == ["json-web-token"])
    #expect(findings.map(\.grade) == [.block] && findings.first?.severity == .critical)
    #expect(try found("kind: Secret\ndata:\n  password: ", "a1Q5cFEydkxt", "NHha\n").count == 1)
  }

  @Test("the end of a password and the host behind it are no address of mail", arguments: ["!", "#"])
  func address(_ sign: String) throws {
    let findings = try found("postgres://shop:", "kT9p\(sign)Lm4xZ", "@db.internal.acme.io/shop")
    #expect(findings.map(\.detector) == ["connection-string"])
  }

  @Test("an address of mail behind what is no credential, and one within a credential, are told")
  func addressBeside() throws {
    #expect(try found("ask anna!lena", ".berg@acme.io").map(\.detector) == ["email-address"])
    #expect(try found("see https://acme.io/:changeme anna.berg", "@acme.io").map(\.detector) == ["email-address"])
  }
}
