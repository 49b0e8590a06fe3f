internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Testing

@testable internal import Egress
@testable internal import Wire

/// HTTP/1 through the door: what a client and a server may do, and what either may do wrong.
@Suite(.serialized, .timeLimit(.minutes(1))) struct HTTP1DoorTests {
  private static func get(_ path: String, _ fields: String = "") -> String {
    "GET http://server.test\(path) HTTP/1.1\r\nHost: server.test\r\n\(fields)\r\n"
  }

  @Test("pipelined requests are answered in their order on one connection")
  func pipeline() async throws {
    let harness = try await DoorHarness {
      $0.script = { [.answer("HTTP/1.1 200 OK\r\nContent-Length: \($0.target.utf8.count)\r\n\r\n\($0.target)")] }
    }
    let client = try await harness.client()
    client.send((0..<30).map { Self.get("/\($0)") }.joined())
    for number in 0..<30 { #expect(try await client.answer().text == "/\(number)") }
    #expect(harness.upstream.memory.now.connections == 1)
  }

  @Test("HEAD has a length and no body, and the connection goes on")
  func head() async throws {
    let harness = try await DoorHarness {
      $0.script = { [.answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + ($0.method == "HEAD" ? "" : "hello"))] }
    }
    let client = try await harness.client()
    client.send("HEAD http://server.test/ HTTP/1.1\r\nHost: server.test\r\n\r\n" + Self.get("/"))
    #expect(try await client.answer(to: "HEAD").body.isEmpty)
    #expect(try await client.answer().text == "hello")
  }

  @Test("Expect: 100-continue is answered at once and not passed on")
  func expectContinue() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    client.send(
      "POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
    _ = try await client.read(until: "HTTP/1.1 100 Continue\r\n\r\n")
    #expect(harness.upstream.memory.now.connections == 0)
    client.send("abc")
    #expect(try await client.answer().status == 200)
    #expect(try !#require(harness.upstream.requests.first).fields.contains(named: "expect"))
  }

  @Test("interim answers reach the client before the final one")
  func interim() async throws {
    let harness = try await DoorHarness {
      $0.script = { _ in
        [.answer("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")]
      }
    }
    let client = try await harness.client()
    client.send(Self.get("/"))
    let answer = try await client.answer()
    #expect(answer.interim == [103] && answer.text == "ok")
  }

  @Test("an answer that the upstream cuts off is cut off for the client too, and recorded with its status")
  func truncated() async throws {
    let harness = try await DoorHarness {
      $0.script = { _ in [.answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), .close] }
    }
    let client = try await harness.client()
    client.send(Self.get("/"))
    let answer = try await client.answer()
    #expect(answer.status == 200 && !answer.isWhole && answer.text == "half")
    let exchange = try await harness.exchanges { $0[0].status != nil }[0]
    #expect(exchange.status == 200)
  }

  @Test("an answer that ends with the connection is whole, and the client's connection ends with it")
  func untilClose() async throws {
    let harness = try await DoorHarness { $0.script = { _ in [.answer("HTTP/1.1 200 OK\r\n\r\nall of it"), .close] } }
    let client = try await harness.client()
    client.send(Self.get("/"))
    let answer = try await client.answer()
    #expect(answer.isWhole && answer.text == "all of it")
  }

  @Test("an upstream that closes without an answer gives 502")
  func noAnswer() async throws {
    let harness = try await DoorHarness { $0.script = { _ in [.close] } }
    let client = try await harness.client()
    client.send(Self.get("/"))
    #expect(try await client.answer().status == 502)
    _ = try await harness.exchanges { $0.first?.status == 502 }
  }

  @Test("Connection: close ends the connection after the answer; keep-alive goes on without it")
  func connectionClose() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    client.send(Self.get("/"))
    #expect(try await client.answer().status == 200)
    client.send(Self.get("/", "Connection: close\r\n"))
    #expect(try await client.answer().status == 200)
    #expect(await client.readToEnd().isEmpty)
    #expect(harness.upstream.memory.now.connections == 1)
  }

  @Test("a client of HTTP/1.0 gets a body without chunks, no interim answer, and the end of the connection")
  func http10() async throws {
    let harness = try await DoorHarness {
      $0.script = { _ in
        [
          .answer("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"),
          .answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"),
        ]
      }
    }
    let client = try await harness.client()
    client.send("GET http://server.test/ HTTP/1.0\r\nHost: server.test\r\n\r\n")
    let text = String(decoding: await client.readToEnd(), as: UTF8.self)
    #expect(text.hasSuffix("\r\n\r\nabcde"), "\(text)")
    #expect(!text.contains("103"))
    #expect(!text.lowercased().contains("transfer-encoding"))
  }

  @Test("server-sent events reach the client one by one, not at the end")
  func events() async throws {
    let harness = try await DoorHarness {
      $0.script = { request in
        request.target == "/more"
          ? [.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
          : [.answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: one\n\n")]
      }
    }
    let client = try await harness.client()
    client.send(Self.get("/"))
    // The upstream never ends its answer; the first event is here all the same.
    #expect(try await client.read(until: "data: one\n\n").contains("text/event-stream"))
  }

  @Test("a body beyond the limit gets 413, nothing of it leaves, and the record shows it")
  func tooLong() async throws {
    let harness = try await DoorHarness { $0.limits.bodyBytes = 1000 }
    let client = try await harness.client()
    client.send("POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\nContent-Length: 5000\r\n\r\n")
    client.send(String(repeating: "x", count: 5000))
    #expect(try await client.answer().status == 413)
    #expect(harness.upstream.memory.now.connections == 0)
    #expect(harness.journal.exchanges.count == 1)
    #expect(harness.journal.exchanges.first?.decision.action == .block)
  }

  @Test(
    "a malformed request gets an error, the end of its connection, and an entry",
    arguments: [
      "GET http://server.test/ HTTP/1.1\r\nHost: server.test\r\nBad Name: x\r\n\r\n",
      "GET http://server.test/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
      "POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "CONNECT server.test HTTP/1.1\r\nHost: server.test\r\nContent-Length: 4\r\n\r\nabcd", "\u{1}\u{2}\u{3}\r\n\r\n",
    ])
  func malformed(text: String) async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    client.send(text)
    let answer = try await client.answer()
    #expect((400...505).contains(answer.status))
    #expect(await client.readToEnd().isEmpty)
    #expect(harness.upstream.memory.now.connections == 0)
    #expect(harness.journal.exchanges.contains { $0.decision.action == .block && $0.ledgerIndex != nil })
  }

  @Test("a client that half-closes after its request is answered, and the connection then ends")
  func halfClose() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    client.send(Self.get("/"))
    client.endSending()
    #expect(try await client.answer().status == 200)
    #expect(await client.readToEnd().isEmpty)
  }

  @Test("a request that its client cuts off leaves nothing and does not keep the connection")
  func cutOff() async throws {
    let harness = try await DoorHarness { $0.limits.bodyPause = .milliseconds(1) }
    let client = try await harness.client()
    // Half-closed in the middle: before the pause could let a piece of it go.
    client.send("POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\nContent-Length: 10\r\n\r\n")
    client.endSending()
    #expect(await client.readToEnd().isEmpty)
  }

  @Test("a body that pauses is let go piece by piece, so that a server may answer before its end")
  func pause() async throws {
    let harness = try await DoorHarness {
      $0.limits.bodyPause = .milliseconds(1)
      $0.script = { _ in [.answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nearly")] }
    }
    let client = try await harness.client()
    client.send(
      "POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\nX-Answer-Early: 1\r\nContent-Length: 10\r\n\r\nhello")
    let answer = try await client.answer()
    #expect(answer.text == "early")
    // The request was never finished: this connection cannot be used again, neither by the client nor upstream.
    _ = await client.readToEnd()
    try await harness.upstream { $0.endedConnections == 1 }
    #expect(harness.upstream.memory.now.rawBytes == Array("hello".utf8))
  }

  @Test("an agent that many connections come from is served on all of them")
  func manyConnections() async throws {
    let harness = try await DoorHarness { $0.upstream = .http1(tls: true) }
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<200 {
        group.addTask {
          let client = try await harness.secured()
          client.send("GET / HTTP/1.1\r\nHost: server.test\r\n\r\n")
          return try await client.answer().status
        }
      }
      for try await status in group { #expect(status == 200) }
    }
    #expect(harness.journal.exchanges.count == 200)
    #expect(Set(harness.journal.exchanges.map(\.sequence)) == Set(1...200))
  }

  @Test("trailers go both ways over HTTP/1")
  func trailers() async throws {
    let harness = try await DoorHarness {
      $0.script = { _ in
        [.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Sum: 1\r\n\r\n")]
      }
    }
    let client = try await harness.client()
    client.send(
      "POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Mine: 2\r\n\r\n"
    )
    #expect(try await client.answer().trailers == [HTTPField(name: "X-Sum", value: "1")])
    #expect(try #require(harness.upstream.requests.first).trailers == [HTTPField(name: "X-Mine", value: "2")])
  }

  @Test("a field that is no text is refused, as what is inspected would not be what is sent")
  func unreadableField() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    let start = "GET http://server.test/ HTTP/1.1\r\nHost: server.test\r\nX-Name: caf"
    client.send(ByteBuffer(bytes: Array(start.utf8) + [0xe9] + Array("\r\n\r\n".utf8)))
    #expect(try await client.answer().status == 400)
    #expect(harness.upstream.memory.now.connections == 0)
    let exchange = try #require(try await harness.exchanges { !$0.isEmpty }.first)
    #expect(exchange.decision.reasons.contains { $0.statement.contains("UTF-8") })
  }

  @Test("a connection that rests is closed, and so is one whose head comes a byte at a time")
  func idle() async throws {
    let harness = try await DoorHarness { $0.limits.idle = .milliseconds(50) }
    let kept = try await harness.client()
    kept.send(Self.get("/"))
    #expect(try await kept.answer().status == 200)
    #expect(await kept.readToEnd().isEmpty)
    let slow = try await harness.client()
    slow.send("GET http://server.test/ HTTP/1.1\r\nHost: ser")
    #expect(await slow.readToEnd().isEmpty)
  }

  @Test("a connection that waits for an answer is not idle")
  func waitingIsNotIdle() async throws {
    let harness = try await DoorHarness {
      $0.limits.idle = .milliseconds(20)
      $0.script = { _ in [] }
    }
    let client = try await harness.client()
    client.send(Self.get("/"))
    try await harness.upstream { $0.requests.count == 1 }
    // One that came later and rests is closed before this one, though its time began to run behind.
    let resting = try await harness.client()
    resting.send("GET http://server.test/ HTTP/1.1\r\n")
    #expect(await resting.readToEnd().isEmpty)
    #expect(harness.upstream.memory.now.endedConnections == 0)
  }

  @Test("white space around a value says nothing to the upstream")
  func oddSpace() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    client.send(Self.get("/", "X-Odd:\t  \t value \t\r\nx-Plain: 1\r\n"))
    #expect(try await client.answer().status == 200)
    let head = try #require(harness.upstream.requests.first).rawHead
    #expect(head.contains("X-Odd: value\r\nx-Plain: 1\r\n"), "\(head)")
  }

  @Test("a method that is no verb is refused, and does not stand in the record")
  func oddMethod() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    client.send("tk_abc http://server.test/ HTTP/1.1\r\nHost: server.test\r\n\r\n")
    #expect(try await client.answer().status == 501)
    #expect(harness.upstream.memory.now.connections == 0)
    #expect(!(try harness.everythingRecorded().contains("tk_abc")))
  }

  @Test("what was held of a request that broke in its middle is not let go later")
  func brokenBody() async throws {
    let harness = try await DoorHarness { $0.limits.bodyPause = .milliseconds(20) }
    let broken = try await harness.client()
    broken.send(
      "POST http://server.test/broken HTTP/1.1\r\nHost: server.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n"
    )
    #expect(try await broken.answer().status == 400)
    // One that pauses in the same way, and later, is let go; so the other's time has come too.
    let paused = try await harness.client()
    paused.send("POST http://server.test/paused HTTP/1.1\r\nHost: server.test\r\nContent-Length: 9\r\n\r\nhello")
    try await harness.upstream { $0.totalBytes > 0 }
    paused.send("more")
    #expect(try await paused.answer().status == 200)
    #expect(harness.upstream.requests.map(\.target) == ["/paused"])
  }

  @Test("a client may think before it speaks", arguments: ["http", "tls"])
  func lateClient(_ kind: String) async throws {
    let harness = try await DoorHarness {
      $0.rules = "  - {name: web, when: {destination: server.test, protocol: http/1.1}, then: allow}\n"
      $0.limits.opening = .milliseconds(20)
      $0.upstream = .http1(tls: kind == "tls")
    }
    let client = try await harness.tunnel(kind == "tls" ? "server.test:443" : "server.test:80")
    // A later client of a protocol whose server begins is sent away: by then the first one's time was over too.
    let other = try await harness.tunnel("server.test:25")
    #expect(await other.readToEnd().isEmpty)
    if kind == "tls" {
      try await client.startTLS("server.test", trusting: harness.authority.certificatePath, protocols: ["http/1.1"])
    }
    client.send("GET / HTTP/1.1\r\nHost: server.test\r\n\r\n")
    #expect(try await client.answer().status == 200)
  }
}
