internal import NIOCore
internal import Testing

@testable internal import Egress

/// An answer that comes before the client has said everything must reach it: a connection that is closed over unread
/// bytes is reset, and the reset may overtake the answer (RFC 9112 §9.6).
@Suite(.timeLimit(.minutes(1))) struct LingeringCloseTests {
  private static let head = "POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\nContent-Length: 200000\r\n\r\n"
  private static let piece = ByteBuffer(repeating: 0x78, count: 50_000)

  /// More than once, as a socket learns of a reset only after the first bytes that nobody wanted.
  private static func goOn(_ client: DoorClient) async throws {
    for _ in 0..<4 { try await client.channel.writeAndFlush(piece).get() }
  }

  @Test("a client that is refused early may say the rest of its body and is not cut off", arguments: [false, true])
  func early(overTLS: Bool) async throws {
    let harness = try await DoorHarness { $0.limits.bodyBytes = 1000 }
    let client = try await overTLS ? harness.secured() : harness.client()
    client.send(overTLS ? Self.head.replacing("http://server.test", with: "") : Self.head)
    #expect(try await client.answer().status == 413)
    #expect(await client.readToEnd().isEmpty)
    try await Self.goOn(client)
    #expect(harness.upstream.memory.now.connections == 0)
  }

  @Test("a malformed request's client may finish what it says and is not cut off")
  func malformed() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    client.send("POST http://server.test/ HTTP/1.1\r\nBad Name: x\r\n\r\n")
    #expect(try await client.answer().status == 400)
    #expect(await client.readToEnd().isEmpty)
    try await Self.goOn(client)
  }

  @Test("a WebSocket client whose message is refused may finish the next and is not cut off")
  func webSocket() async throws {
    let harness = try await DoorHarness { $0.script = WebSocketClient.script(deflate: false) }
    let client = try await WebSocketClient(harness, deflate: false)
    _ = try client.send(plantedKey)
    // 1008: what was said is against policy (RFC 6455 §7.4.1).
    #expect(await client.client.readToEnd().firstRange(of: [0x03, 0xf0]) != nil)
    try await Self.goOn(client.client)
  }

  @Test("one that ends its side as well is let go at once")
  func ended() async throws {
    let harness = try await DoorHarness { $0.limits.bodyBytes = 1000 }
    let client = try await harness.client()
    client.send(Self.head)
    #expect(try await client.answer().status == 413)
    client.endSending()
    try await client.channel.closeFuture.get()
  }

  @Test("one that neither ends nor stops is waited for no longer than the limit")
  func time() async throws {
    let harness = try await DoorHarness {
      $0.limits.bodyBytes = 1000
      $0.limits.lingering = .milliseconds(20)
    }
    try await expectCutOff(harness)
  }

  @Test("one that goes on to talk is heard no further than the limit")
  func bytes() async throws {
    let harness = try await DoorHarness {
      $0.limits.bodyBytes = 1000
      $0.limits.lingering = .hours(1)
      $0.limits.lingeringBytes = 100_000
    }
    try await expectCutOff(harness)
  }

  private func expectCutOff(_ harness: DoorHarness) async throws {
    let client = try await harness.client()
    client.send(Self.head)
    #expect(try await client.answer().status == 413)
    await #expect(throws: (any Error).self) {
      while !Task.isCancelled { try await client.channel.writeAndFlush(Self.piece).get() }
    }
  }
}
