internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Testing

@testable internal import Egress
@testable internal import Wire

/// Promise 2: bytes forwarded are bytes inspected.
@Suite(.serialized, .timeLimit(.minutes(1))) struct InspectedBytesTests {
  /// The one exchange of the record, checked against what the upstream got.
  private func expectEqual(
    _ harness: DoorHarness, body: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let exchanges = try await harness.exchanges { $0.count == 1 && $0[0].forwardedBytes > 0 && $0[0].status != nil }
    let exchange = exchanges[0]
    #expect(harness.upstream.memory.now.rawBytes == body, sourceLocation: sourceLocation)
    #expect(exchange.requestBodyBytes == body.count, sourceLocation: sourceLocation)
    #expect(exchange.inspectedBytes == exchange.requestBytes, sourceLocation: sourceLocation)
    #expect(exchange.forwardedBytes == exchange.requestBytes, sourceLocation: sourceLocation)
    #expect(exchange.requestBytes >= exchange.requestBodyBytes, sourceLocation: sourceLocation)
  }

  @Test(
    "a body with a length is inspected, recorded and forwarded byte for byte, whatever its type",
    arguments: ["application/json", "image/png", "application/zip", "audio/mpeg", "multipart/form-data", "x/y", ""])
  func length(type: String) async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    let body = "bytes that are of no type at all"
    let field = type.isEmpty ? "" : "Content-Type: \(type)\r\n"
    client.send(
      "POST http://server.test/up HTTP/1.1\r\nHost: server.test\r\n\(field)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    )
    #expect(try await client.answer().status == 200)
    try await expectEqual(harness, body: Array(body.utf8))
  }

  @Test("chunks are inspected without their framing and forwarded with it")
  func chunked() async throws {
    let harness = try await DoorHarness { $0.upstream = .http1(tls: true) }
    let client = try await harness.secured()
    client.send("POST /up HTTP/1.1\r\nHost: server.test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
    client.send("5;ext=1\r\ndefgh\r\n0\r\nX-Trailer: t\r\n\r\n")
    #expect(try await client.answer().status == 200)
    try await expectEqual(harness, body: Array("abcdefgh".utf8))
    #expect(try #require(harness.upstream.requests.first).trailers == [HTTPField(name: "X-Trailer", value: "t")])
  }

  @Test("a body over HTTP/2 is inspected and forwarded, trailers included")
  func http2() async throws {
    let harness = try await DoorHarness { $0.upstream = .http2 }
    let client = try await harness.http2()
    let stream = try await client.open(HTTP2Client.post())
    stream.send("one ")
    stream.send("two")
    stream.end(trailers: [("x-checksum", "7")])
    await stream.read()
    #expect(stream.status == 200)
    #expect(stream.trailers.contains(HTTPField(name: "x-bytes", value: "7")))
    #expect(try #require(harness.upstream.requests.first).trailers == [HTTPField(name: "x-checksum", value: "7")])
    try await expectEqual(harness, body: Array("one two".utf8))
  }

  @Test("a long body waits on disk and leaves whole and in order", arguments: [10_000, 1_000_000, 3_000_001])
  func spooled(count: Int) async throws {
    let harness = try await DoorHarness { $0.limits.bodyMemoryBytes = 5_000 }
    let client = try await harness.client()
    var generator = SeededGenerator(seed: 7)
    let body = (0..<count).map { _ in UInt8.random(in: 0x61...0x7a, using: &generator) }
    client.send("POST http://server.test/up HTTP/1.1\r\nHost: server.test\r\nContent-Length: \(count)\r\n\r\n")
    client.send(ByteBuffer(bytes: body))
    #expect(try await client.answer().status == 200)
    try await expectEqual(harness, body: body)
  }

  @Test("a stream both ways is let go piece by piece, all of it inspected, and its record keeps the status")
  func pieces() async throws {
    let harness = try await DoorHarness { $0.upstream = .http2 }
    let client = try await harness.http2()
    let stream = try await client.open(
      HTTP2Client.post("/chat.Chat/Talk") + [("content-type", "application/grpc"), ("te", "trailers")])
    for (index, piece) in ["first ", "second ", "third"].enumerated() {
      stream.send(piece, isLast: index == 2)
      // The answer to a piece comes before the next is said: nothing waits for the end of the request.
      let said = ["first ", "second ", "third"].prefix(index + 1).joined()
      await stream.read { $0.text == said }
      #expect(stream.text == said)
    }
    await stream.read()
    #expect(try #require(harness.upstream.requests.first).fields.first(named: "te") == "trailers")
    try await expectEqual(harness, body: Array("first second third".utf8))
    #expect(try #require(harness.journal.exchanges.first).status == 200)
    #expect(try #require(harness.journal.exchanges.first).responseBytes >= 18)
  }

  @Test("a connection of no dialect is inspected byte for byte, both before and after the upstream is there")
  func rawBytes() async throws {
    let harness = try await DoorHarness { $0.upstream = .echo(tls: false) }
    let client = try await harness.tunnel("server.test:7000")
    var said = ""
    for number in 0..<50 {
      client.send("<\(number)>")
      said += "<\(number)>"
    }
    let heard = try await client.read(count: said.utf8.count)
    #expect(String(decoding: heard, as: UTF8.self) == said)
    try await client.close()
    let count = said.utf8.count
    let exchange = try await harness.exchanges { $0.first?.responseBytes == count }[0]
    #expect(exchange.protocolName == .bytes)
    #expect(exchange.requestBodyBytes == said.utf8.count)
    #expect(exchange.inspectedBytes == said.utf8.count)
    #expect(exchange.forwardedBytes == said.utf8.count)
  }

  @Test("a WebSocket message is inspected, recorded and sent on as it came", arguments: [false, true])
  func webSocket(isCompressed: Bool) async throws {
    let harness = try await DoorHarness { $0.script = WebSocketClient.script(deflate: isCompressed) }
    let client = try await WebSocketClient(harness, deflate: isCompressed)
    let text = String(repeating: "a message like another ", count: 20)
    let wire = try client.send(text)
    try await harness.upstream { $0.rawBytes.count >= wire.count }
    let received = harness.upstream.memory.now.rawBytes
    #expect(try WebSocketClient.contents(of: received) == WebSocketClient.contents(of: wire))
    #expect(received != wire, "the mask is the door's own")
    let exchange = try await harness.exchanges { $0.count == 2 && $0[1].forwardedBytes > 0 }[1]
    #expect(exchange.protocolName == .webSocket)
    #expect(exchange.requestBodyBytes == text.utf8.count)
    #expect(exchange.inspectedBytes == exchange.requestBytes)
    #expect(exchange.forwardedBytes == exchange.requestBytes)
  }

  @Test("a secret in a WebSocket message stops it, compressed or not", arguments: [false, true])
  func webSocketSecret(isCompressed: Bool) async throws {
    let harness = try await DoorHarness { $0.script = WebSocketClient.script(deflate: isCompressed) }
    let client = try await WebSocketClient(harness, deflate: isCompressed)
    _ = try client.send(String(repeating: "look: ", count: 20) + plantedKey)
    let heard = await client.client.readToEnd()
    #expect(heard.firstRange(of: Array("test-key".utf8)) != nil)
    #expect(heard.firstRange(of: [0x03, 0xf0]) != nil, "a close frame with 1008")
    #expect(harness.upstream.memory.now.rawBytes.isEmpty)
    #expect(try #require(harness.journal.exchanges.last).decision.action == .block)
    #expect(try #require(harness.journal.exchanges.last).forwardedBytes == 0)
  }

  @Test("what a client of no dialect says while the upstream is being connected to is not lost")
  func bytesWhileConnecting() async throws {
    for _ in 0..<20 {
      let harness = try await DoorHarness { $0.upstream = .echo(tls: false) }
      let client = try await harness.tunnel("server.test:7000")
      client.send("\u{1}")
      for _ in 0..<30 {
        client.send("x")
        await Task.yield()
      }
      #expect(try await client.read(count: 31).count == 31)
    }
  }

  /// RFC 4648 §4.
  private static func base64(_ text: String) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var (out, bits, count) = ("", 0, 0)
    for byte in text.utf8 {
      bits = bits << 8 | Int(byte)
      count += 8
      while count >= 6 {
        count -= 6
        out.append(alphabet[bits >> count & 63])
      }
    }
    if count > 0 { out.append(alphabet[bits << (6 - count) & 63]) }
    while out.utf8.count % 4 != 0 { out.append("=") }
    return out
  }

  @Test("a body is looked at to its end: one run of base64 is no hiding place", arguments: ["", "\n"])
  func nothingButBase64(_ end: String) async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    let body = Self.base64("# settings\nkey=\(plantedKey)\nport=80\n") + end
    client.send(
      "POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    #expect(try await client.answer().status == 403)
    #expect(harness.upstream.memory.now.connections == 0)
  }

  @Test("a compressed body that was cut off cannot be read, and does not go on")
  func cutOffGzip() async throws {
    let harness = try await DoorHarness { $0.rules = "" }
    let client = try await harness.client()
    // A stored block (RFC 1951 §3.2.4) that says 16 bytes and has 5.
    let packed: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 16, 0, 0xef, 0xff] + Array("hello".utf8)
    client.send(
      "POST http://api.anthropic.com/v1/messages HTTP/1.1\r\nHost: api.anthropic.com\r\nContent-Encoding: gzip\r\n"
        + "Content-Length: \(packed.count)\r\n\r\n")
    client.send(ByteBuffer(bytes: packed))
    #expect(try await client.answer().status == 403)
    let exchange = try #require(try await harness.exchanges { !$0.isEmpty }.first)
    #expect(exchange.findings.contains { $0.dataClass == .opaque })
  }

  @Test("a file cannot be carried to an unknown site in fields, or cut into many questions")
  func fieldsAndManyQuestions() async throws {
    let harness = try await DoorHarness { $0.rules = "" }
    let client = try await harness.client()
    func get(_ field: Int) async throws -> Int {
      client.send(
        "GET http://unknown.test/ HTTP/1.1\r\nHost: unknown.test\r\nX: \(String(repeating: "word ", count: field / 5))\r\n\r\n"
      )
      return try await client.answer().status
    }
    #expect(try await get(5000) == 403)
    var answered = 0
    while answered < 100, try await get(4000) == 200 { answered += 1 }
    // The 66th is asked while 65 times 4,029 bytes went before, which is less than 256 KiB.
    #expect(answered == 66)
  }
}
