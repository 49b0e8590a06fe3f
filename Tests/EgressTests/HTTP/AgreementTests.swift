internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Testing

@testable internal import Egress
@testable internal import Wire

/// Whoever is named by CONNECT, by the ClientHello and by each request is one and the same.
@Suite(.serialized, .timeLimit(.minutes(1))) struct AgreementTests {
  private func expectRefused(_ harness: DoorHarness, rule: String = "one host per connection") async throws {
    let exchange = try await harness.exchanges { $0.first?.ledgerIndex != nil }[0]
    #expect(exchange.decision.action == .block && exchange.decision.rule.name == rule)
    #expect(harness.upstream.memory.now.connections == 0)
  }

  @Test("a ClientHello for another host than CONNECT named is refused and recorded")
  func serverName() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.tunnel("server.test:443")
    try await client.startTLS("other.test", trusting: harness.authority.certificatePath, protocols: [])
    client.send("GET / HTTP/1.1\r\nHost: other.test\r\n\r\n")
    #expect(await client.readToEnd().isEmpty)
    try await expectRefused(harness)
  }

  @Test("a Host that is not the tunnel's gets 421")
  func host() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.secured()
    client.send("GET / HTTP/1.1\r\nHost: other.test\r\n\r\n")
    #expect(try await client.answer().status == 421)
    try await expectRefused(harness)
  }

  @Test("an :authority of another host on the same connection gets 421, and the right one is served")
  func authority() async throws {
    let harness = try await DoorHarness { $0.upstream = .http2 }
    let client = try await harness.http2()
    let wrong = try await client.open(HTTP2Client.post(authority: "other.test"), isWhole: true)
    await wrong.read()
    #expect(wrong.status == 421)
    try await expectRefused(harness)
    let right = try await client.open(HTTP2Client.post(), isWhole: true)
    await right.read()
    #expect(right.status == 200)
  }

  @Test("a host field behind an :authority that agrees cannot name somebody else")
  func hostField() async throws {
    let harness = try await DoorHarness { $0.upstream = .http2 }
    let client = try await harness.http2()
    let stream = try await client.open(
      HTTP2Client.post() + [("host", "other.test")], isWhole: true)
    await stream.read()
    #expect(stream.status == 421 || stream.status == 400)
    #expect(harness.upstream.memory.now.connections == 0)
  }

  @Test("an absolute-form target with another Host gets 400")
  func absoluteForm() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    client.send("GET http://server.test/ HTTP/1.1\r\nHost: other.test\r\n\r\n")
    #expect(try await client.answer().status == 400)
    try await expectRefused(harness, rule: "well-formed messages only")
  }

  @Test("a request without Host gets 400", arguments: [false, true])
  func missingHost(isTunnelled: Bool) async throws {
    let harness = try await DoorHarness()
    let client = try await isTunnelled ? harness.secured() : harness.client()
    client.send("GET \(isTunnelled ? "/" : "http://server.test/") HTTP/1.1\r\n\r\n")
    #expect(try await client.answer().status == 400)
    try await expectRefused(harness, rule: "well-formed messages only")
  }

  @Test("a proxy's port that gets a server's request says what it wants")
  func originForm() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    client.send("GET / HTTP/1.1\r\nHost: server.test\r\n\r\n")
    #expect(try await client.answer().status == 400)
    try await expectRefused(harness, rule: "well-formed messages only")
  }

  @Test("CONNECT inside a tunnel opens no second one")
  func nestedConnect() async throws {
    let harness = try await DoorHarness { $0.upstream = .http1(tls: true) }
    let client = try await harness.secured()
    client.send("CONNECT server.test:443 HTTP/1.1\r\nHost: server.test:443\r\n\r\n")
    #expect(try await client.answer(to: "GET").status >= 400)
    #expect(harness.upstream.memory.now.connections == 0)
  }

  @Test(
    "Connection cannot take away what frames or routes a request", arguments: ["Content-Length", "Host", "host , x"])
  func connectionOptions(name: String) async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    let inner = "GET /smuggled HTTP/1.1\r\nHost: other.test\r\n\r\n"
    client.send(
      "POST http://server.test/up HTTP/1.1\r\nHost: server.test\r\nConnection: \(name)\r\n"
        + "Content-Length: \(inner.utf8.count)\r\n\r\n\(inner)")
    let status = try await client.answer().status
    let requests = harness.upstream.requests
    #expect(requests.count <= 1)
    #expect(!requests.contains { $0.target.contains("smuggled") || $0.method == "UNREADABLE" })
    if status == 200 { #expect(requests[0].body == Array(inner.utf8)) }
  }
}
