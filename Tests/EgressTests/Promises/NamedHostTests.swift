internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Testing

@testable internal import Egress

/// Promises 2 and 4: the host that a message names is looked at and counted however it is named, and what is found in it
/// is in no record.
@Suite(.serialized, .timeLimit(.minutes(1))) struct NamedHostTests {
  private func expectStopped(_ harness: DoorHarness) async throws {
    #expect(harness.upstream.memory.now.connections == 0)
    let exchange = try #require(try await harness.exchanges { !$0.isEmpty }.first)
    #expect(exchange.decision.action == .block)
    #expect(exchange.requestBytes == exchange.inspectedBytes)
    #expect(exchange.destination.host == "<test-key>.server.test")
    let recorded = try harness.everythingRecorded()
    for secret in [plantedKey, Self.label] {
      let place = recorded.firstRange(of: secret)
      #expect(place == nil, "… \(place.map { recorded[..<$0.lowerBound].suffix(20) } ?? "")")
    }
  }

  /// The key in hexadecimal digits: names in TLS have no underscores.
  private static let label = plantedKey.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()

  @Test("a secret in an authority of HTTP/2 stops the request")
  func authority() async throws {
    let harness = try await DoorHarness { $0.upstream = .http2 }
    let host = "\(Self.label).server.test"
    let client = try await harness.http2(host)
    let stream = try await client.open(HTTP2Client.post(authority: host), isWhole: true)
    await stream.read()
    try await expectStopped(harness)
  }

  @Test("a secret in an absolute target without a Host field stops the request")
  func absolute() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    client.send("GET http://\(plantedKey).server.test/ HTTP/1.0\r\n\r\n")
    #expect(try await client.answer().status == 403)
    try await expectStopped(harness)
  }

  @Test("a secret in a Host field stops the request")
  func field() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    client.send("GET http://\(plantedKey).server.test/ HTTP/1.1\r\nHost: \(plantedKey).server.test\r\n\r\n")
    #expect(try await client.answer().status == 403)
    try await expectStopped(harness)
  }

  @Test("a secret in the name that a connection of bytes is opened to stops it")
  func bytes() async throws {
    let harness = try await DoorHarness { $0.limits.opening = .milliseconds(1) }
    let client = try await harness.tunnel("\(plantedKey).server.test:2222")
    client.send("no protocol that anybody knows")
    _ = await client.readToEnd()
    try await expectStopped(harness)
  }

  @Test("an authority counts as a Host field does, so that both forms of a request have as many bytes")
  func count() async throws {
    let harness = try await DoorHarness { $0.upstream = .http2 }
    let client = try await harness.http2()
    let stream = try await client.open(
      [(":method", "GET"), (":scheme", "https"), (":path", "/"), (":authority", "server.test")], isWhole: true)
    await stream.read()
    let exchange = try #require(try await harness.exchanges { $0.first?.status != nil }.first)
    #expect(exchange.requestBytes == "GET /".utf8.count + "host: server.test\r\n".utf8.count)
    #expect(exchange.forwardedBytes == exchange.requestBytes)
  }

  @Test("a name that disagrees with its connection's is in no record where it holds a secret")
  func misdirected() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.secured()
    client.send("GET / HTTP/1.1\r\nHost: \(plantedKey).test\r\n\r\n")
    #expect(try await client.answer().status == 421)
    #expect(try !harness.everythingRecorded().contains(plantedKey))
  }
}
