internal import Evidence
internal import Foundation
internal import NIOCore
internal import Testing

@testable internal import Enforcement
@testable internal import Wire

/// What a policy's `limits` changes at the door: each key, left alone and set.
@Suite(.serialized, .timeLimit(.minutes(1))) struct PolicyLimitTests {
  private func harness(
    _ limit: String?, _ configure: (inout DoorHarness.Options) throws -> Void = { _ in }
  ) async throws -> DoorHarness {
    try await DoorHarness {
      $0.settings = limit.map { "limits: {\($0)}\n" } ?? ""
      try configure(&$0)
    }
  }

  private static func post(_ fields: String = "", body: String = "") -> String {
    "POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  private func status(_ limit: String?, _ request: String, rules: String? = nil) async throws -> Int {
    let harness = try await harness(limit) { if let rules { $0.rules = rules } }
    let client = try await harness.client()
    client.send(request)
    return try await client.answer(to: "POST").status
  }

  private func statusOverHTTP2(_ limit: String?, _ fields: [(String, String)]) async throws -> Int {
    let harness = try await harness(limit) { $0.upstream = .http2 }
    let client = try await harness.http2()
    let stream = try await client.open(HTTP2Client.post() + fields, isWhole: true)
    await stream.read { $0.status != 0 }
    return stream.status
  }

  @Test("head-bytes bounds the head of a request")
  func headBytes() async throws {
    let long = String(repeating: "x", count: 3000)
    #expect(try await status(nil, Self.post("X: \(long)\r\n")) == 200)
    #expect(try await status("head-bytes: 2KiB", Self.post("X: \(long)\r\n")) == 431)
    #expect(try await statusOverHTTP2(nil, [("x", long)]) == 200)
    #expect(try await statusOverHTTP2("head-bytes: 2KiB", [("x", long)]) != 200)
  }

  @Test(
    "head-bytes bounds the head of an answer", arguments: [(nil, 200), ("head-bytes: 2KiB", 502)] as [(String?, Int)])
  func answerBytes(limit: String?, status: Int) async throws {
    let harness = try await harness(limit) {
      $0.script = { _ in
        [.answer("HTTP/1.1 200 OK\r\nX: \(String(repeating: "x", count: 3000))\r\nContent-Length: 0\r\n\r\n")]
      }
    }
    let client = try await harness.client()
    client.send(Self.post())
    #expect(try await client.answer(to: "POST").status == status)
  }

  @Test("head-fields bounds the number of fields")
  func headFields() async throws {
    let many = (0..<20).map { "X-\($0): y\r\n" }.joined()
    #expect(try await status(nil, Self.post(many)) == 200)
    #expect(try await status("head-fields: 10", Self.post(many)) == 431)
    let fields = (0..<20).map { ("x-\($0)", "y") }
    #expect(try await statusOverHTTP2(nil, fields) == 200)
    #expect(try await statusOverHTTP2("head-fields: 10", fields) == 431)
  }

  @Test("body-memory bounds what can be redacted: the rest is on disk and can only be blocked")
  func bodyMemory() async throws {
    let rules =
      "  - {name: r, when: {destination: '*.test', grade: redact}, then: redact}\n"
      + "  - {name: open, when: {destination: '*.test'}, then: allow}\n"
    let text = "rw_a1b2c3d4e5f6g7h8i9j0k1l2" + String(repeating: " text", count: 1000)
    #expect(try await status(nil, Self.post("Content-Type: text/plain\r\n", body: text), rules: rules) == 200)
    #expect(
      try await status("body-memory: 1KiB", Self.post("Content-Type: text/plain\r\n", body: text), rules: rules) == 403)
  }

  @Test("body-disk bounds a body at all")
  func bodyDisk() async throws {
    let text = String(repeating: "text ", count: 1000)
    #expect(try await status(nil, Self.post(body: text)) == 200)
    #expect(try await status("body-disk: 1KiB", Self.post(body: text)) == 413)
  }

  @Test("response-memory bounds what waits for a client that does not read")
  func responseMemory() async throws {
    let length = 32 << 20
    let answer: UpstreamServer.Script = { _ in
      [.answer("HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n" + String(repeating: "x", count: length))]
    }
    let roomy = try await harness("response-memory: 64MiB") { $0.script = answer }
    let tight = try await harness("response-memory: 64KiB") { $0.script = answer }
    let clients = [try await tight.client(), try await roomy.client()]
    for client in clients {
      try await client.channel.setOption(.autoRead, value: false).get()
      client.send(Self.post())
    }
    // The one has taken its whole answer in, for which the other's upstream waits.
    _ = try await roomy.exchanges { $0.first.map { $0.responseBytes >= length } ?? false }
    #expect(tight.journal.exchanges.first?.responseBytes == 0)
    try await clients[0].channel.setOption(.autoRead, value: true).get()
    _ = try await tight.exchanges { $0.first.map { $0.responseBytes >= length } ?? false }
    // Who lets go of a client closes its connection.
    withExtendedLifetime(clients) {}
  }

  @Test("websocket-message bounds a message, whole or compressed", arguments: [false, true])
  func webSocketMessage(isCompressed: Bool) async throws {
    let text = String(repeating: "a message ", count: 500)
    for limit in [nil, "websocket-message: 1KiB"] {
      let harness = try await harness(limit) { $0.script = WebSocketClient.script(deflate: isCompressed) }
      let client = try await WebSocketClient(harness, deflate: isCompressed)
      let wire = try client.send(text)
      guard limit != nil else {
        try await harness.upstream { $0.rawBytes.count >= wire.count }
        continue
      }
      let heard = await client.client.readToEnd()
      #expect(heard.firstRange(of: [0x03, 0xf1]) != nil, "a close frame with 1009")
      #expect(harness.upstream.memory.now.rawBytes.isEmpty)
    }
  }

  private func findings(_ limit: String?, _ fields: String, _ body: [UInt8]) async throws -> Set<String> {
    let harness = try await harness(limit)
    let client = try await harness.client()
    client.send(
      "POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\n\(fields)Content-Length: \(body.count)\r\n\r\n")
    client.send(ByteBuffer(bytes: body))
    _ = try await client.answer(to: "POST")
    return Set(harness.journal.exchanges.flatMap(\.findings).map(\.detector))
  }

  @Test("decoded-bytes bounds what decompression gives")
  func decodedBytes() async throws {
    // 200,000 times the letter a.
    let text =
      "H4sIAAAAAAACA+3BMQEAAADCoKzrX8IM/kABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAK8Bm1Np4EANAwA="
    let body = Array(try #require(Data(base64Encoded: text)))
    let fields = "Content-Type: text/plain\r\nContent-Encoding: gzip\r\n"
    #expect(try await findings(nil, fields, body).isEmpty)
    #expect(try await findings("decoded-bytes: 64KiB", fields, body) == ["decompression-bomb"])
  }

  @Test("decoding-depth bounds encodings within each other")
  func decodingDepth() async throws {
    // 20,000 times the letter a, compressed twice.
    let text = "H4sIAAAAAAACA5Pv5mAAASbmtwcNGYGMQwvWvI4/JCXnwMiAAT4kGLbvPaXgx8AAAJKeco83AAAA"
    let body = Array(try #require(Data(base64Encoded: text)))
    let fields = "Content-Type: text/plain\r\nContent-Encoding: gzip, gzip\r\n"
    #expect(try await findings(nil, fields, body).isEmpty)
    #expect(try await findings("decoding-depth: 1", fields, body) == ["nesting-too-deep"])
  }

  @Test("connections bounds those to one destination: the next request waits for the one that is answered")
  func connections() async throws {
    let script: UpstreamServer.Script = { request in
      [.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n" + (request.target == "/held" ? "o" : "ok"))]
    }
    for limit in [nil, "connections: 1"] {
      let harness = try await harness(limit) {
        $0.upstream = .http1(tls: true)
        $0.script = script
      }
      // Streams of one connection share its event loop, and so the pool that is bounded.
      let client = try await harness.http2()
      let held = try await client.open(HTTP2Client.post("/held"), isWhole: true)
      await held.read { $0.body.count == 1 }
      let next = try await client.open(HTTP2Client.post("/next"), isWhole: true)
      guard limit != nil else {
        await next.read { $0.status != 0 }
        #expect(next.status == 200)
        continue
      }
      _ = try await harness.exchanges { $0.count == 2 && $0[1].ledgerIndex != nil }
      // Another destination, asked for later, is reached while this one still waits.
      let other = try await harness.tunnel("server.test:8443")
      try await other.startTLS("server.test", trusting: harness.authority.certificatePath, protocols: ["http/1.1"])
      other.send("GET / HTTP/1.1\r\nHost: server.test:8443\r\n\r\n")
      #expect(try await other.answer().status == 200)
      #expect(harness.upstream.requests.map(\.target).sorted() == ["/", "/held"])
      held.reset()
      await next.read { $0.status != 0 }
      #expect(next.status == 200)
    }
  }

  @Test("streams bounds what a client asks at a time on one connection", arguments: [nil, "streams: 1"])
  func streams(limit: String?) async throws {
    let harness = try await harness(limit) { $0.upstream = .http2 }
    let client = try await harness.http2()
    // A client knows the limit once it has heard anything.
    await (try await client.open(HTTP2Client.post("/first"), isWhole: true)).read { $0.status != 0 }
    let open = try await client.open(HTTP2Client.post("/open"))
    let whole = try await client.open(HTTP2Client.post("/whole"), isWhole: true)
    if limit == nil { await whole.read { $0.status != 0 } }
    open.send("", isLast: true)
    await open.read { $0.status != 0 }
    await whole.read { $0.status != 0 }
    let wanted = limit == nil ? ["/first", "/whole", "/open"] : ["/first", "/open", "/whole"]
    #expect(harness.upstream.requests.map(\.target) == wanted)
  }

  @Test("idle-timeout closes a connection on which nothing is said")
  func idleTimeout() async throws {
    let harness = try await harness("idle-timeout: 50ms")
    #expect(await (try await harness.client()).readToEnd().isEmpty)
  }

  @Test("response-timeout bounds the wait for an answer")
  func responseTimeout() async throws {
    let harness = try await harness("response-timeout: 50ms") { $0.script = { _ in [.silence] } }
    let client = try await harness.client()
    client.send("GET http://server.test/ HTTP/1.1\r\nHost: server.test\r\n\r\n")
    #expect(try await client.answer().status == 502)
  }
}
