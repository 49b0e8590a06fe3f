internal import Crypto
internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Testing

@testable internal import Egress
@testable internal import Wire

/// A destination is not sent what was taken out, and the client does not notice.
@Suite(.serialized, .timeLimit(.minutes(2))) struct RestoredAnswerTests {
  private static let rules = """
      - {name: cut, when: {class: credential}, then: redact}
      - {name: open, when: {destination: '*.test'}, then: allow}

    """

  private func harness(_ script: @escaping UpstreamServer.Script) async throws -> DoorHarness {
    try await DoorHarness { options in
      options.rules = Self.rules
      options.redactions = RedactionMapping(key: SymmetricKey(size: .bits256))
      options.script = script
    }
  }

  private func post(
    _ text: String, to host: String = "server.test", method: String = "POST", fields: String = ""
  ) throws -> String {
    let body = String(decoding: try CanonicalJSON.encode(["text": .string(text)]), as: UTF8.self)
    return "\(method) http://\(host)/v1 HTTP/1.1\r\nHost: \(host)\r\nContent-Type: application/json\r\n\(fields)"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  private func say(
    _ text: String, to harness: DoorHarness, _ host: String = "server.test"
  ) async throws -> DoorClient.Answer {
    let client = try await harness.client()
    client.send(try post(text, to: host))
    return try await client.answer()
  }

  /// What the upstream read.
  private func received(_ request: UpstreamServer.Request) -> String {
    (try? JSONParser.parse(request.body))?["text"]?.string ?? ""
  }

  /// An answer that repeats the request's text.
  private static let echo: UpstreamServer.Script = { request in
    let body = String(decoding: request.body, as: UTF8.self)
    return [
      .answer(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
          + (request.method == "HEAD" ? "" : body))
    ]
  }

  /// One that streams it letter by letter.
  private static let stream: UpstreamServer.Script = { request in
    let text = (try? JSONParser.parse(request.body))?["text"]?.string ?? ""
    var answer = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    for letter in text {
      let event = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(letter)\"}}]}\n\n"
      answer += String(event.utf8.count, radix: 16) + "\r\n" + event + "\r\n"
    }
    return [.answer(answer + "0\r\n\r\n")]
  }

  @Test("an answer has the value again that the destination was not sent")
  func document() async throws {
    let harness = try await harness(Self.echo)
    let answer = try await say("the key is \(plantedKey).", to: harness)
    #expect(try JSONParser.parse(answer.body)["text"]?.string == "the key is \(plantedKey).")
    let sent = received(try #require(harness.upstream.requests.first))
    #expect(!sent.contains(plantedKey) && sent.hasPrefix("the key is REDACTED_test_key_"))
    let exchanges = try await harness.exchanges { $0.first?.restored == 1 }
    #expect(exchanges.first?.decision.action == .redact)
    #expect(!(try harness.everythingRecorded()).contains(plantedKey))
  }

  @Test("so has one that comes letter by letter")
  func events() async throws {
    let harness = try await harness(Self.stream)
    let answer = try await say("the key is \(plantedKey).", to: harness)
    let text = try answer.body.split(separator: 0x0a).map { line -> String in
      guard case .array(let choices)? = try JSONParser.parse(Array(line.dropFirst(6)))["choices"] else { return "" }
      return choices.first?["delta"]?["content"]?.string ?? ""
    }
    #expect(text.joined() == "the key is \(plantedKey).")
    #expect(harness.upstream.requests.allSatisfy { !$0.body.contains(plantedKey.utf8) })
  }

  @Test("and one over HTTP/2")
  func http2() async throws {
    let harness = try await DoorHarness { options in
      options.rules = Self.rules
      options.redactions = RedactionMapping(key: SymmetricKey(size: .bits256))
      options.upstream = .http2
      options.script = Self.echo
    }
    let client = try await harness.http2()
    let stream = try await client.open(HTTP2Client.post() + [("content-type", "application/json")])
    stream.send("{\"text\":\"\(plantedKey)\"}", isLast: true)
    await stream.read()
    #expect(String(decoding: stream.body, as: UTF8.self) == "{\"text\":\"\(plantedKey)\"}")
    #expect(harness.upstream.requests.allSatisfy { !$0.body.contains(plantedKey.utf8) })
  }

  @Test("what was put back is taken out of the next request, by the same placeholder, wherever it stands")
  func nextRequest() async throws {
    let harness = try await harness(Self.echo)
    _ = try await say("account 551234567890", to: harness)
    // Without the word beside it no detector knows it.
    _ = try await say("call 551234567890 now", to: harness)
    let sent = harness.upstream.requests.map(received)
    #expect(sent[0].hasPrefix("account REDACTED_test_account_"))
    #expect(sent[1] == "call \(sent[0].dropFirst("account ".count)) now")
    let exchanges = try await harness.exchanges { $0.count == 2 }
    #expect(exchanges.map(\.decision.rule.name) == ["cut", "cut"])
  }

  @Test("what was put back is known on its way to anybody else, and the policy's word on it is asked")
  func elsewhere() async throws {
    let harness = try await DoorHarness { options in
      options.rules = """
          - {name: kept, when: {class: credential, destination: other.test}, then: block}
          - {name: cut, when: {class: credential}, then: redact}
          - {name: open, when: {destination: '*.test'}, then: allow}

        """
      options.redactions = RedactionMapping(key: SymmetricKey(size: .bits256))
      options.script = Self.echo
    }
    #expect(try await say("call 551234567890 now", to: harness, "other.test").status == 200)
    _ = try await say("account 551234567890", to: harness)
    // Which no detector would know; in a tool's call, say, that the answer asked for.
    #expect(try await say("call 551234567890 now", to: harness, "other.test").status == 403)
    let client = try await harness.client()
    client.send("GET http://other.test/?n=551234567890 HTTP/1.1\r\nHost: other.test\r\n\r\n")
    #expect(try await client.answer().status == 403)
  }

  @Test("another destination that says a placeholder learns nothing, and neither does its client")
  func otherDestination() async throws {
    let harness = try await harness(Self.echo)
    _ = try await say("the key is \(plantedKey).", to: harness)
    let placeholder = received(try #require(harness.upstream.requests.first)).dropFirst("the key is ".count).dropLast()
    let answer = try await say("say \(placeholder)", to: harness, "other.test")
    #expect(try JSONParser.parse(answer.body)["text"]?.string == "say \(placeholder)")
    #expect(received(harness.upstream.requests[1]) == "say \(placeholder)")
  }

  @Test(
    "a request whose body is signed is refused, since its server would refuse it changed",
    arguments: [
      ("Authorization: AWS4-HMAC-SHA256 Credential=x\r\n", false),
      ("Authorization: AWS4-HMAC-SHA256 Credential=x\r\nX-Amz-Content-SHA256: UNSIGNED-PAYLOAD\r\n", true),
      (
        "Authorization: AWS4-HMAC-SHA256 SignedHeaders=content-md5\r\nX-Amz-Content-SHA256: UNSIGNED-PAYLOAD\r\n", false
      ),
      ("Authorization: AWS4-HMAC-SHA256 Credential=x\r\nX-Amz-Content-SHA256: STREAMING-X\r\n", false),
      ("Authorization: Signature keyId=x\r\n", false), ("Authorization: Bearer x\r\n", true),
      ("Signature-Input: a=(\"@method\" \"content-digest\");keyid=\"k\"\r\n", false),
      ("Signature-Input: a=(\"@method\");keyid=\"k\"\r\n", true),
    ])
  func signed(_ fields: String, _ goesOn: Bool) async throws {
    let harness = try await harness(Self.echo)
    let client = try await harness.client()
    client.send(try post("the key is \(plantedKey).", fields: fields))
    let answer = try await client.answer()
    #expect(answer.status == (goesOn ? 200 : 403))
    #expect(harness.upstream.requests.count == (goesOn ? 1 : 0))
    let said = try await harness.exchanges { !$0.isEmpty }[0].decision.reasons.map(\.statement).joined()
    #expect(said.contains("the request is signed") == !goesOn)
  }

  @Test("a digest of the body as it was is not sent with it as it is")
  func digests() async throws {
    let harness = try await harness(Self.echo)
    let client = try await harness.client()
    let fields = "Content-MD5: 1B2M2Y8AsgTpgAmY7PhCfg==\r\nContent-Digest: sha-256=:aaaa:\r\n"
    for text in ["the key is \(plantedKey).", "nothing"] {
      client.send(try post(text, fields: fields))
      #expect(try await client.answer().status == 200)
    }
    let sent = harness.upstream.requests.map { request in
      request.fields.map { $0.name.lowercased() }.filter { $0.hasPrefix("content-") }.sorted()
    }
    let kept = ["content-length", "content-type"]
    #expect(sent == [kept, kept + ["content-digest", "content-md5"]].map { $0.sorted() })
  }

  @Test("an answer without a body stays as it is")
  func head() async throws {
    let harness = try await harness(Self.echo)
    _ = try await say("the key is \(plantedKey).", to: harness)
    let client = try await harness.client()
    client.send("HEAD http://server.test/v1 HTTP/1.1\r\nHost: server.test\r\n\r\n")
    let answer = try await client.answer(to: "HEAD")
    #expect(answer.head.fields.first(named: "content-length") == "0")
  }

  @Test("a body that pauses cannot be changed: what is in its first part or in its second stops it", arguments: [0, 1])
  func paused(part: Int) async throws {
    let harness = try await DoorHarness { options in
      options.rules = Self.rules
      options.redactions = RedactionMapping(key: SymmetricKey(size: .bits256))
      options.limits.bodyPause = .milliseconds(50)
      options.script = { _ in [.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")] }
    }
    let client = try await harness.client()
    let parts = [part == 0 ? "a \(plantedKey) " : "a long beginning ", part == 1 ? plantedKey : "and the end"]
    client.send(
      "POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\nContent-Type: text/plain\r\n"
        + "Content-Length: \(parts.joined().utf8.count)\r\n\r\n\(parts[0])")
    if part == 1 {
      try await harness.upstream { $0.totalBytes > 0 }
      client.send(parts[1])
    }
    #expect(try await client.answer(to: "POST").status == 403)
    #expect(!harness.upstream.memory.now.rawBytes.contains(plantedKey.utf8))
  }

  @Test("a placeholder in a later request is no finding, whatever stands before it")
  func ownPlaceholder() async throws {
    let harness = try await harness(Self.echo)
    _ = try await say("the key is \(plantedKey).", to: harness)
    let placeholder = received(try #require(harness.upstream.requests.first)).dropFirst("the key is ".count).dropLast()
    let answer = try await say("authorization: bearer \(placeholder)", to: harness)
    #expect(answer.status == 200)
    #expect(received(harness.upstream.requests[1]) == "authorization: bearer \(placeholder)")
  }

  @Test("where nothing shall be put back, the answer keeps what stands there instead")
  func masked() async throws {
    let harness = try await DoorHarness { options in
      options.rules = Self.rules
      options.script = Self.echo
    }
    let answer = try await say("the key is \(plantedKey).", to: harness)
    #expect(try JSONParser.parse(answer.body)["text"]?.string == "the key is <redacted:test-key>.")
  }
}
