internal import Enforcement
internal import Evidence
internal import Patterns
internal import Testing

@testable internal import Egress
@testable internal import Ledger
@testable internal import Wire

/// The real key goes only where it belongs, and is written down nowhere.
@Suite(.serialized, .timeLimit(.minutes(1))) struct CredentialTests {
  private static let placeholder = "sk-placeholder-0123456789abcdef"
  private static let real = "sk-real-fedcba9876543210"

  private func harness() async throws -> DoorHarness {
    let pattern = try #require(DestinationPattern("server.test"))
    return try await DoorHarness {
      $0.upstream = .http1(tls: true)
      $0.placeholders = [
        .init(name: "API_KEY", placeholder: Self.placeholder, value: Secret(Self.real), hosts: [pattern])
      ]
    }
  }

  @Test("a placeholder becomes the real key for its own host", arguments: ["header", "basic", "query"])
  func ownHost(place: String) async throws {
    let harness = try await harness()
    let client = try await harness.secured()
    let basic = Base64.encode(Array("user:\(Self.placeholder)".utf8))
    let target = place == "query" ? "/?key=\(Self.placeholder)" : "/"
    let field = [
      "header": "Authorization: Bearer \(Self.placeholder)\r\n", "basic": "Authorization: Basic \(basic)\r\n",
    ]
    client.send("GET \(target) HTTP/1.1\r\nHost: server.test\r\n\(field[place] ?? "")\r\n")
    #expect(try await client.answer().status == 200)
    let request = try #require(harness.upstream.requests.first)
    let expected = [
      "header": "Bearer \(Self.real)", "basic": "Basic \(Base64.encode(Array("user:\(Self.real)".utf8)))",
    ]
    if place == "query" {
      #expect(request.target == "/?key=\(Self.real)")
    } else {
      #expect(request.fields.first(named: "authorization") == expected[place])
    }
    let recorded = try harness.everythingRecorded()
    #expect(!recorded.contains(Self.real))
    #expect(!recorded.contains(Base64.encode(Array("user:\(Self.real)".utf8))))
  }

  @Test("another host gets the placeholder as it is, and the record notes it")
  func otherHost() async throws {
    let harness = try await harness()
    let client = try await harness.client()
    client.send(
      "GET http://stranger.test/ HTTP/1.1\r\nHost: stranger.test\r\nAuthorization: Bearer \(Self.placeholder)\r\n\r\n")
    _ = try await client.answer()
    let exchange = try #require(harness.journal.exchanges.first)
    #expect(exchange.findings.contains { $0.detector == "credential-placeholder" })
    #expect(!harness.upstream.memory.now.requests.contains { "\($0)".contains(Self.real) })
    #expect(try !harness.everythingRecorded().contains(Self.real))
  }
}
