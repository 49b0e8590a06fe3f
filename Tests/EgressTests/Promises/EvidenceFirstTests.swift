internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Testing

@testable internal import Egress
@testable internal import Ledger
@testable internal import Wire

/// Promise 3: evidence before egress.
@Suite(.serialized, .timeLimit(.minutes(1))) struct EvidenceFirstTests {
  private static let post =
    "POST http://server.test/up HTTP/1.1\r\nHost: server.test\r\nContent-Length: 5\r\n\r\nhello"

  @Test("where the evidence cannot be written, nothing leaves and the client is told why")
  func fullDisk() async throws {
    let harness = try await DoorHarness { $0.durability = .disk }
    harness.disk.become(.full)
    let client = try await harness.client()
    client.send(Self.post)
    let answer = try await client.answer()
    #expect(answer.status == 503)
    #expect(answer.text.contains("Nothing leaves without evidence"))
    #expect(harness.upstream.memory.now.connections == 0)
    let exchange = try #require(harness.journal.exchanges.first)
    #expect(exchange.decision.action == .block && exchange.forwardedBytes == 0 && exchange.ledgerIndex == nil)
    #expect(exchange.decision.rule.file == "built-in:ledger", "no rule of the user's is the reason")
    harness.disk.become(.sound)
  }

  @Test("while the evidence is on its way, nothing has left; when it is durable, the request leaves")
  func stalledDisk() async throws {
    let harness = try await DoorHarness { $0.durability = .disk }
    harness.disk.become(.stalled)
    defer { harness.disk.become(.sound) }
    let client = try await harness.client()
    client.send(Self.post)
    _ = try await harness.exchanges { $0.count == 1 }
    // Other connections still come in: no event loop waits for the disk.
    let other = try await harness.tunnel()
    #expect(harness.upstream.memory.now.connections == 0)
    harness.disk.become(.sound)
    #expect(try await client.answer().status == 200)
    #expect(try #require(harness.upstream.requests.first).ledgerSize >= 1)
    try await other.close()
  }

  @Test("the entry is in the ledger when the last byte reaches the upstream")
  func order() async throws {
    let harness = try await DoorHarness { $0.upstream = .http1(tls: true) }
    let client = try await harness.secured()
    for number in 1...20 {
      client.send("POST /\(number) HTTP/1.1\r\nHost: server.test\r\nContent-Length: 5\r\n\r\nhello")
      #expect(try await client.answer().status == 200)
    }
    let byPath = Dictionary(uniqueKeysWithValues: harness.journal.exchanges.map { ($0.path, $0) })
    for request in harness.upstream.requests {
      let index = try #require(byPath[request.target]?.ledgerIndex)
      #expect(request.ledgerSize > index)
    }
    #expect(harness.upstream.requests.count == 20)
  }

  @Test("a WebSocket message waits for its own evidence")
  func webSocket() async throws {
    let harness = try await DoorHarness {
      $0.durability = .disk
      $0.script = WebSocketClient.script(deflate: false)
    }
    let client = try await WebSocketClient(harness, deflate: false)
    harness.disk.become(.stalled)
    defer { harness.disk.become(.sound) }
    let wire = try client.send("hello")
    _ = try await harness.exchanges { $0.count == 2 }
    #expect(harness.upstream.memory.now.rawBytes.isEmpty)
    harness.disk.become(.sound)
    #expect(try await WebSocketClient.contents(of: client.client.read(count: wire.count)) == [Array("hello".utf8)])
  }

  @Test("a WebSocket message whose evidence fails does not leave, and the connection ends")
  func webSocketFull() async throws {
    let harness = try await DoorHarness {
      $0.durability = .disk
      $0.script = WebSocketClient.script(deflate: false)
    }
    let client = try await WebSocketClient(harness, deflate: false)
    harness.disk.become(.full)
    _ = try client.send("hello")
    #expect(await client.client.readToEnd().firstRange(of: [0x03, 0xf0]) != nil)
    #expect(harness.upstream.memory.now.rawBytes.isEmpty)
    harness.disk.become(.sound)
  }

  @Test("a WebSocket client's last message arrives behind its evidence, and then the end on both sides")
  func webSocketEnd() async throws {
    let harness = try await DoorHarness {
      $0.durability = .disk
      $0.script = WebSocketClient.script(deflate: false)
    }
    let client = try await WebSocketClient(harness, deflate: false)
    harness.disk.become(.stalled)
    _ = try client.send("hello")
    client.client.endSending()
    _ = try await harness.exchanges { $0.count == 2 }
    #expect(harness.upstream.memory.now.rawBytes.isEmpty)
    harness.disk.become(.sound)
    #expect(try await WebSocketClient.contents(of: client.client.readToEnd()).first == Array("hello".utf8))
    try await harness.upstream { $0.endedConnections == 1 }
  }

  @Test("a piece of a raw connection waits for its own evidence, and where that fails the connection ends")
  func rawBytes() async throws {
    let harness = try await DoorHarness {
      $0.durability = .disk
      $0.upstream = .echo(tls: false)
    }
    let client = try await harness.tunnel("server.test:7000")
    client.send("<one>")
    #expect(try await client.read(count: 5) == Array("<one>".utf8))
    harness.disk.become(.stalled)
    client.send("<two>")
    _ = try await harness.exchanges { $0[0].requestBodyBytes == 10 }
    #expect(harness.upstream.memory.now.rawBytes == Array("<one>".utf8))
    harness.disk.become(.sound)
    #expect(try await client.read(count: 5) == Array("<two>".utf8))
    harness.disk.become(.full)
    client.send("<three>")
    #expect(await client.readToEnd().isEmpty)
    #expect(harness.upstream.memory.now.rawBytes == Array("<one><two>".utf8))
    harness.disk.become(.sound)
  }

  @Test("a piece of a stream waits for its own evidence, and where that fails the stream is broken off")
  func streamPieces() async throws {
    let harness = try await DoorHarness {
      $0.durability = .disk
      $0.upstream = .http2
    }
    let client = try await harness.http2()
    let stream = try await client.open(
      HTTP2Client.post() + [("content-type", "application/grpc")])
    stream.send("one")
    await stream.read { $0.text == "one" }
    harness.disk.become(.stalled)
    stream.send("two")
    _ = try await harness.exchanges { $0[0].requestBodyBytes == 6 }
    #expect(harness.upstream.memory.now.rawBytes == Array("one".utf8))
    harness.disk.become(.sound)
    await stream.read { $0.text == "onetwo" }
    harness.disk.become(.full)
    stream.send("three", isLast: true)
    await stream.read()
    #expect(stream.isReset)
    #expect(harness.upstream.memory.now.rawBytes == Array("onetwo".utf8))
    harness.disk.become(.sound)
  }
}
