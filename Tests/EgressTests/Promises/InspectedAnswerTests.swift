internal import Enforcement
internal import Evidence
internal import Ledger
internal import NIOCore
internal import Testing

@testable internal import Egress
@testable internal import Wire

/// What comes back is looked into, is on record, and is ended where a rule says so.
@Suite(.serialized, .timeLimit(.minutes(2))) struct InspectedAnswerTests {
  private static let open = "  - {name: open, when: {destination: ['*.test', '*.com']}, then: allow}\n"
  private static let ending =
    "  - {name: no strangers, when: {class: injection, found-in: answer}, then: block, because: We know none.}\n"

  private func harness(
    upstream: UpstreamServer.Kind = .http1(tls: false), rules: String = "", _ script: @escaping UpstreamServer.Script
  ) async throws -> DoorHarness {
    try await DoorHarness { options in
      options.rules = rules + Self.open
      options.looksAtAnswers = true
      options.upstream = upstream
      options.script = script
    }
  }

  private static func document(_ text: String, type: String = "application/json") -> UpstreamServer.Script {
    { _ in
      [.answer("HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)")]
    }
  }

  private static func event(_ piece: String) -> String {
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(piece)\"}}]}\n\n"
  }

  /// So long that its beginning is passed on before its end has come.
  private static func stream(_ end: String) -> UpstreamServer.Script {
    { _ in
      var answer = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
      func add(_ text: String) { answer += String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n" }
      for _ in 0..<8_000 { add(event("lorem ipsum dolor sit amet ")) }
      for letter in end { add(event(String(letter))) }
      add("data: [DONE]\n\n")
      return [.answer(answer + "0\r\n\r\n")]
    }
  }

  private func get(_ harness: DoorHarness) async throws -> DoorClient.Answer {
    let client = try await harness.client()
    client.send("GET http://server.test/v1 HTTP/1.1\r\nHost: server.test\r\n\r\n")
    return try await client.answer()
  }

  private static let text = "{\"text\":\"Now \(plantedDemand).\"}"

  @Test("what is found in an answer is on record under its own place, and the answer goes on as it came")
  func recorded() async throws {
    let harness = try await harness(Self.document(Self.text))
    let answer = try await get(harness)
    #expect(answer.text == Self.text)
    let exchange = try #require(
      try await harness.exchanges { $0.first?.findings.isEmpty == false && $0.first?.responseBytes ?? 0 > 0 }.first)
    #expect(exchange.findings.map(\.detector) == ["test-demand"] && exchange.findings.map(\.place) == [.answer])
    #expect(exchange.decision.action == .allow && exchange.answerDecision == nil)
    try await harness.wait { harness.ledger.size >= 2 }
    let entry = try #require(
      StoredText.all(beneath: harness.directory.path).firstRange(of: "\"findingCount\":1,\"findings\":[{"))
    #expect(!entry.isEmpty)
  }

  @Test("so it is over HTTP/2")
  func http2() async throws {
    let harness = try await harness(upstream: .http2) { _ in [] }
    let client = try await harness.http2()
    let stream = try await client.open(HTTP2Client.post() + [("content-type", "application/json")])
    stream.send(Self.text, isLast: true)
    await stream.read()
    #expect(stream.text == Self.text)
    _ = try await harness.exchanges { $0.first?.findings.map(\.place) == [.answer] }
  }

  @Test("of a file that is no text nothing is looked into")
  func binary() async throws {
    let harness = try await harness(Self.document(plantedDemand, type: "application/octet-stream"))
    #expect(try await get(harness).text == plantedDemand)
    let exchanges = try await harness.exchanges { $0.first?.responseBytes ?? 0 > 0 }
    #expect(exchanges.first?.findings.isEmpty == true)
  }

  private static func part(_ text: String, coding: String?) -> UpstreamServer.Script {
    let field = coding.map { "Content-Encoding: \($0)\r\n" } ?? ""
    return { _ in
      [
        .answer(
          "HTTP/1.1 206 Partial Content\r\nContent-Type: application/json\r\n"
            + "Content-Range: bytes 90-\(89 + text.utf8.count)/*\r\n\(field)Content-Length: \(text.utf8.count)\r\n\r\n\(text)"
        )
      ]
    }
  }

  @Test(
    "a piece out of something compressed is on record as not looked into, with its reason", arguments: ["gzip", "br"])
  func part(coding: String) async throws {
    let harness = try await harness(Self.part("bytes from the middle of it", coding: coding))
    #expect(try await get(harness).text == "bytes from the middle of it")
    let exchange = try #require(try await harness.exchanges { $0.first?.findings.isEmpty == false }.first)
    #expect(exchange.findings.map(\.detector) == ["partial-content"])
    #expect(exchange.findings.map(\.dataClass) == [.opaque] && exchange.findings.map(\.place) == [.answer])
    let rule = "  - {name: no blind spots, when: {class: opaque, found-in: answer}, then: block}\n"
    let strict = try await self.harness(rules: rule, Self.part("bytes from the middle of it", coding: coding))
    #expect(try await get(strict).status == 403)
  }

  @Test("a piece of what is not compressed is looked into like a whole", arguments: [nil, "identity"])
  func plainPart(coding: String?) async throws {
    let harness = try await harness(Self.part(Self.text, coding: coding))
    #expect(try await get(harness).text == Self.text)
    let exchange = try #require(try await harness.exchanges { $0.first?.findings.isEmpty == false }.first)
    #expect(exchange.findings.map(\.detector) == ["test-demand"])
  }

  @Test("a rule that ends an answer puts an error in its place, as the client's SDK expects it")
  func refused() async throws {
    let harness = try await harness(rules: Self.ending, Self.document(Self.text))
    let client = try await harness.client()
    let request = "GET http://server.test/v1 HTTP/1.1\r\nHost: server.test\r\n\r\n"
    client.send(request)
    let answer = try await client.answer()
    #expect(answer.status == 403)
    #expect(answer.text.hasPrefix(#"{"error":{"code":"blocked_by_policy","message":"Sallyport ended the answer of"#))
    #expect(answer.text.contains("server.test: test-demand"))
    #expect(answer.text.contains("We know none") && answer.text.contains("no strangers (sallyport.yaml:4)"))
    #expect(!answer.text.contains(plantedDemand))
    let exchange = try #require(try await harness.exchanges { $0.first?.answerDecision != nil }.first)
    #expect(exchange.status == 403 && exchange.decision.action == .allow)
    #expect(exchange.answerDecision?.action == .block && exchange.answerDecision?.rule.name == "no strangers")
    // The connection serves the next request.
    client.send(request)
    #expect(try await client.answer().status == 403)
  }

  @Test("under such a rule an answer without findings arrives whole, streamed or not")
  func harmless() async throws {
    let document = try await harness(rules: Self.ending, Self.document("{\"text\":\"all is well\"}"))
    #expect(try await get(document).text == "{\"text\":\"all is well\"}")
    let stream = try await harness(rules: Self.ending, Self.stream("do as the stranger said"))
    let answer = try await get(stream)
    #expect(answer.isWhole && answer.text.hasSuffix(Self.event("d") + "data: [DONE]\n\n"))
  }

  @Test("a stream that has begun ends with an error as its next event, and whole")
  func told() async throws {
    let harness = try await harness(rules: Self.ending, Self.stream(plantedDemand + " and more"))
    let answer = try await get(harness)
    #expect(answer.status == 200 && answer.isWhole)
    let last = try #require(answer.text.split(separator: "\n").last)
    #expect(last.hasPrefix(#"data: {"error":{"code":"blocked_by_policy","message":"Sallyport ended the answer of"#))
    #expect(!answer.text.contains("[DONE]"))
    let exchange = try #require(try await harness.exchanges { $0.first?.answerDecision != nil }.first)
    #expect(exchange.answerDecision?.action == .block && exchange.status == 200)
  }

  @Test("an error follows a chunk of the upstream's that has not ended, as a chunk of its own")
  func withinAChunk() async throws {
    let filler = String(repeating: Self.event("lorem ipsum dolor sit amet "), count: 8_000)
    let harm = Self.event(plantedDemand)
    let harness = try await harness(rules: Self.ending) { _ in
      [
        .answer(
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n"
            + filler + harm + "data: more"),
        .silence,
      ]
    }
    let answer = try await get(harness)
    #expect(answer.isWhole && answer.text.hasPrefix(Self.event("lorem ipsum dolor sit amet ")))
    #expect(answer.text.contains("blocked_by_policy") && !answer.text.contains(plantedDemand))
  }

  @Test("the head of a stream that says nothing yet does not wait for its first event")
  func silentStream() async throws {
    let harness = try await harness(rules: Self.ending) { _ in
      [
        .answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"),
        .silence,
      ]
    }
    let client = try await harness.client()
    client.send("GET http://server.test/v1 HTTP/1.1\r\nHost: server.test\r\n\r\n")
    #expect(try await client.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 200"))
  }

  @Test("over HTTP/2 an error takes an answer's place, too")
  func refusedOverHTTP2() async throws {
    let harness = try await harness(upstream: .http2, rules: Self.ending) { _ in [] }
    let client = try await harness.http2()
    let stream = try await client.open(HTTP2Client.post() + [("content-type", "application/json")])
    stream.send(Self.text, isLast: true)
    await stream.read()
    #expect(stream.status == 403 && stream.text.contains("no strangers"))
  }

  @Test("an answer that cannot say so is cut off: the client can tell that it is not whole")
  func cutOff() async throws {
    let long = String(repeating: "lorem ipsum ", count: 200_000) + plantedDemand + ".\n"
    let harness = try await harness(rules: Self.ending, Self.document(long, type: "text/plain"))
    let answer = try await get(harness)
    #expect(!answer.isWhole && !answer.text.contains(plantedDemand))
    let exchange = try #require(try await harness.exchanges { $0.first?.answerDecision != nil }.first)
    #expect(exchange.answerDecision?.action == .block)
  }

  @Test("what waits for more goes on after a while, or is ended", arguments: [true, false])
  func patience(isHarmless: Bool) async throws {
    let end = isHarmless ? "all is well" : plantedDemand
    let harness = try await harness(rules: Self.ending) { _ in
      let event = "data: \(end)"
      let chunk = String(event.utf8.count, radix: 16) + "\r\n" + event + "\r\n"
      // And nothing after it.
      return [
        .answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk)
      ]
    }
    let client = try await harness.client()
    client.send("GET http://server.test/v1 HTTP/1.1\r\nHost: server.test\r\n\r\n")
    let head = try await client.read(until: isHarmless ? "all is well" : "no strangers")
    #expect(head.hasPrefix(isHarmless ? "HTTP/1.1 200" : "HTTP/1.1 403"))
  }

  /// Changes to WebSocket at once and says these texts.
  private static func speaking(_ texts: [String], deflate: Bool) -> UpstreamServer.Script {
    { _ in
      var bytes = ByteBuffer(
        string: "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          + (deflate ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "")
          + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
      for text in texts {
        let payload = ByteBuffer(string: text)
        let small = deflate ? MessageDeflater.deflate(payload, windowBits: 15) : nil
        bytes.writeImmutableBuffer(
          WebSocketFrame.encode(.text, small ?? payload, isCompressed: small != nil, maskingKey: nil))
      }
      return [.bytes(Array(bytes.readableBytesView)), .silence]
    }
  }

  private func messages(of client: DoorClient, deflate: Bool, until isLast: (String) -> Bool) async throws -> [String] {
    let inflater = deflate ? try MessageInflater(keepsContext: true, windowBits: 15) : nil
    var reader = WebSocketReader(from: .server, inflater: inflater)
    var texts: [String] = []
    while texts.last.map(isLast) != true {
      reader.append(ByteBuffer(bytes: try await client.read(count: 1)))
      while let event = try reader.next() {
        if case .message(let message) = event { texts.append(String(buffer: message.payload)) }
      }
    }
    return texts
  }

  @Test("messages of a WebSocket are on record with the exchange that opened it", arguments: [false, true])
  func webSocket(isCompressed: Bool) async throws {
    let texts = ["all is well", "now \(plantedDemand).", "farewell"]
    let harness = try await harness(Self.speaking(texts, deflate: isCompressed))
    let socket = try await WebSocketClient(harness, deflate: isCompressed)
    let received = try await messages(of: socket.client, deflate: isCompressed) { $0 == "farewell" }
    #expect(received == texts)
    try await socket.client.close()
    let exchange = try #require(try await harness.exchanges { $0.first?.findings.isEmpty == false }.first)
    #expect(exchange.findings.map(\.place) == [.answer] && exchange.status == 101)
  }

  @Test("a message that a rule ends does not arrive; the client is told why", arguments: [false, true])
  func webSocketEnded(isCompressed: Bool) async throws {
    let harness = try await harness(
      rules: Self.ending, Self.speaking(["now \(plantedDemand).", "farewell"], deflate: isCompressed))
    let socket = try await WebSocketClient(harness, deflate: isCompressed)
    let received = try await messages(of: socket.client, deflate: isCompressed) { $0.contains("no strangers") }
    #expect(received.count == 1)
    let exchange = try #require(try await harness.exchanges { $0.first?.answerDecision != nil }.first)
    #expect(exchange.answerDecision?.action == .block && exchange.status == 1008)
  }
}
