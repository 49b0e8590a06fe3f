internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Synchronization
internal import Testing

@testable internal import Egress
@testable internal import Wire

/// Ways into the door other than HTTP, and ways through it other than inspection.
@Suite(.serialized, .timeLimit(.minutes(1))) struct TunnelTests {
  @Test("an uninspected destination is spliced, counted, and shown as uninspected")
  func uninspected() async throws {
    let harness = try await DoorHarness {
      $0.upstream = .http1(tls: true)
      $0.settings = "uninspected: [{hosts: [server.test], because: It pins.}]\n"
      $0.rules = "  - {name: open, when: {destination: server.test}, then: allow}\n"
    }
    let client = try await harness.secured()
    client.send("POST / HTTP/1.1\r\nHost: server.test\r\nContent-Length: 5\r\n\r\nhello")
    #expect(try await client.answer().status == 200)
    try await client.close()
    let exchange = try await harness.exchanges { ($0.first?.forwardedBytes ?? 0) > 0 }[0]
    #expect(exchange.protocolName == .uninspected)
    #expect(exchange.inspectedBytes == 0)
    #expect(exchange.forwardedBytes > 5 && exchange.responseBytes > 2)
    #expect(exchange.ledgerIndex != nil)
  }

  @Test("SOCKS 5 and 4a clients are served like tunnels", arguments: [4, 5])
  func socks(version: Int) async throws {
    let harness = try await DoorHarness { $0.upstream = .http1(tls: true) }
    let client = try await harness.client()
    let host = Array("server.test".utf8)
    if version == 5 {
      client.send(ByteBuffer(bytes: [5, 1, 0]))
      #expect(try await client.read(count: 2) == [5, 0])
      client.send(ByteBuffer(bytes: [5, 1, 0, 3, UInt8(host.count)] + host + [1, 187]))
      #expect(try await client.read(count: 10)[1] == 0)
    } else {
      client.send(ByteBuffer(bytes: [4, 1, 1, 187, 0, 0, 0, 1, 0] + host + [0]))
      #expect(try await client.read(count: 8)[1] == 90)
    }
    try await client.startTLS("server.test", trusting: harness.authority.certificatePath, protocols: ["http/1.1"])
    client.send("GET / HTTP/1.1\r\nHost: server.test\r\n\r\n")
    #expect(try await client.answer().status == 200)
    #expect(try #require(harness.journal.exchanges.first).destination == Destination(host: "server.test", port: 443))
  }

  @Test("a captured connection is for the address that it was made to")
  func capture() async throws {
    let harness = try await DoorHarness()
    let client = try await DoorClient(port: harness.capturePort)
    client.send("GET / HTTP/1.1\r\nHost: 127.0.0.1:\(harness.capturePort)\r\n\r\n")
    _ = try await client.answer()
    #expect(
      try #require(harness.journal.exchanges.first).destination
        == Destination(host: "127.0.0.1", port: UInt16(harness.capturePort)))
  }

  @Test("a captured connection whose Host is another gets 421")
  func captureDisagrees() async throws {
    let harness = try await DoorHarness()
    let client = try await DoorClient(port: harness.capturePort)
    client.send("GET / HTTP/1.1\r\nHost: server.test\r\n\r\n")
    #expect(try await client.answer().status == 421)
  }

  @Test("a server that speaks first is heard, once policy has let the connection go")
  func serverFirst() async throws {
    let harness = try await DoorHarness {
      $0.upstream = .greeting("220 hello\r\n")
      $0.limits.opening = .milliseconds(1)
    }
    let client = try await harness.tunnel("server.test:25")
    #expect(try await client.read(until: "\r\n") == "220 hello\r\n")
    #expect(try #require(harness.journal.exchanges.first).protocolName == .bytes)
  }

  @Test("TLS that is begun slowly is taken off all the same, and is never carried as plain bytes")
  func slowHello() async throws {
    let harness = try await DoorHarness {
      $0.upstream = .echo(tls: false)
      $0.limits.opening = .milliseconds(300)
      $0.limits.handshake = .milliseconds(50)
    }
    let client = try await harness.tunnel()
    client.send(ByteBuffer(bytes: [0x16, 0x03, 0x01]))
    _ = await client.readToEnd()
    #expect(harness.upstream.memory.now.connections == 0)
    #expect(harness.journal.exchanges.map(\.decision.action) == [.block])
  }

  @Test("TLS that begins after a silence is taken off all the same")
  func lateHello() async throws {
    let harness = try await DoorHarness {
      $0.upstream = .http1(tls: true)
      $0.limits.opening = .milliseconds(1)
    }
    let client = try await harness.tunnel()
    // The silence is over when the door has connected to a server that it expects to begin.
    try await harness.upstream { $0.connections == 1 }
    try await client.startTLS("server.test", trusting: harness.authority.certificatePath, protocols: ["http/1.1"])
    client.send("GET / HTTP/1.1\r\nHost: server.test\r\n\r\n")
    #expect(try await client.answer().status == 200)
    #expect(harness.journal.exchanges.map(\.protocolName) == [.bytes, .http1])
    #expect(harness.journal.exchanges.first?.forwardedBytes == 0)
  }

  @Test("a ClientHello that cannot be read is refused and recorded, not carried as plain bytes")
  func malformedHello() async throws {
    let harness = try await DoorHarness { $0.upstream = .echo(tls: false) }
    let client = try await harness.tunnel()
    client.send(ByteBuffer(bytes: [0x16, 3, 1, 0, 8, 1, 0, 0, 4, 3, 3, 0xff, 0xff]))
    #expect(await client.readToEnd().first == 0x15)
    #expect(harness.upstream.memory.now.connections == 0)
    #expect(harness.journal.exchanges.map(\.decision.action) == [.block])
  }

  @Test("an uninspected client that half-closes hears the rest, and the record is closed")
  func halfClosedSplice() async throws {
    let harness = try await DoorHarness {
      $0.upstream = .http1(tls: true)
      $0.settings = "uninspected: [{hosts: [server.test], because: It pins.}]\n"
    }
    let client = try await harness.secured()
    client.send("GET / HTTP/1.1\r\nHost: server.test\r\n\r\n")
    #expect(try await client.answer().status == 200)
    try await client.close()
    _ = try await harness.exchanges { ($0.first?.responseBytes ?? 0) > 0 }
    try await harness.upstream { $0.endedConnections == 1 }
  }

  @Test("a client of no dialect that half-closes is heard to its end, and hears the rest")
  func halfClosedBytes() async throws {
    let harness = try await DoorHarness { $0.upstream = .echo(tls: false) }
    let client = try await harness.tunnel("server.test:7000")
    client.send("<all>")
    _ = try await client.read(count: 5)
    client.endSending()
    #expect(await client.readToEnd().isEmpty)
    #expect(harness.upstream.memory.now.endedConnections == 1)
  }

  @Test("a question that looks like a tunnel is recorded, once for each domain")
  func dnsTunnel() async throws {
    let harness = try await DoorHarness()
    for number in 0..<5 {
      var query = QueryBuilder()
      query.name = QueryBuilder.wire(String(repeating: "a\(number)b7", count: 14) + ".tunnel.example")
      #expect(harness.door.answer(datagram: Array(query.message.readableBytesView)) != nil)
    }
    var other = QueryBuilder()
    other.name = QueryBuilder.wire(String(repeating: "x9y8", count: 14) + ".second.example")
    _ = harness.door.answer(datagram: Array(other.message.readableBytesView))
    let exchanges = try await harness.exchanges { $0.count == 2 && $0.allSatisfy { $0.ledgerIndex != nil } }
    #expect(exchanges.map(\.destination.host) == ["tunnel.example", "second.example"])
    #expect(exchanges.allSatisfy { $0.protocolName == .dns && $0.decision.action == .block })
  }

  /// Answers what it was told to.
  private final class ScriptedAsker: Asker {
    let answer: Answer
    let asked = Mutex(0)

    init(_ answer: Answer) { self.answer = answer }

    func ask(_ exchange: Exchange, answer completion: @escaping @Sendable (Answer) -> Void) {
      asked.withLock { $0 += 1 }
      completion(answer)
    }
  }

  @Test("a person's yes lets a request go; a no or silence does not", arguments: [Answer.yes, .no, .silence])
  func ask(answer: Answer) async throws {
    let asker = ScriptedAsker(answer)
    let harness = try await DoorHarness {
      $0.rules = "  - {name: ask me, when: {destination: server.test}, then: ask}\n"
      $0.asker = asker
    }
    let client = try await harness.client()
    client.send("GET http://server.test/ HTTP/1.1\r\nHost: server.test\r\n\r\n")
    #expect(try await client.answer().status == (answer == .yes ? 200 : 403))
    #expect(asker.asked.withLock { $0 } == 1)
    #expect(harness.upstream.memory.now.connections == (answer == .yes ? 1 : 0))
    #expect(harness.journal.exchanges.count == 1)
  }

  @Test("no bytes crash the door, wherever they are said", arguments: [0, 1, 2, 3])
  func noise(place: Int) async throws {
    let harness = try await DoorHarness { $0.limits.opening = .milliseconds(1) }
    var generator = SeededGenerator(seed: UInt64(place))
    for _ in 0..<30 {
      let client =
        switch place {
        case 0: try await harness.client()
        case 1: try await harness.tunnel()
        case 2: try await harness.secured()
        default: try await harness.secured(protocols: ["h2"])
        }
      let count = Int.random(in: 1...2000, using: &generator)
      var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      if Bool.random(using: &generator) { bytes = Array("GET / HTTP/1.1\r\nHost: server.test\r\n".utf8) + bytes }
      client.send(ByteBuffer(bytes: bytes))
      client.endSending()
      try await client.close()
    }
    let client = try await harness.client()
    client.send("GET http://server.test/ HTTP/1.1\r\nHost: server.test\r\n\r\n")
    #expect(try await client.answer().status == 200)
  }

  @Test("a SOCKS client that resolves names itself means the name of the address that we gave it")
  func socksWithOwnAnswer() async throws {
    let harness = try await DoorHarness()
    let query = QueryBuilder(name: QueryBuilder.wire("server.test")).message
    let answer = try #require(harness.door.answer(datagram: Array(query.readableBytesView)))
    let address = Array(answer.suffix(4))
    let client = try await harness.client()
    client.send(ByteBuffer(bytes: [5, 1, 0]))
    _ = try await client.read(count: 2)
    client.send(ByteBuffer(bytes: [5, 1, 0, 1] + address + [0, 80]))
    _ = try await client.read(count: 10)
    client.send("GET / HTTP/1.1\r\nHost: server.test\r\n\r\n")
    #expect(try await client.answer().status == 200)
    #expect(harness.journal.exchanges.last?.destination.host == "server.test")
  }
}
