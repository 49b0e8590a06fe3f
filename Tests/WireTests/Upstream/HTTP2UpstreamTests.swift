internal import Evidence
internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2
internal import Synchronization
internal import Testing

@testable internal import Wire

@Suite("An HTTP/2 upstream", .timeLimit(.minutes(1)))
struct HTTP2UpstreamTests {
  let fixture: UpstreamFixture

  init() throws {
    fixture = try UpstreamFixture()
  }

  private func get(_ client: PoolClient, _ target: String) async throws -> ClientStream.Answer {
    try await client.get(target, scheme: "https", wantsHTTP2: true)
  }

  @Test("serves a hundred exchanges at once on one connection")
  func concurrency() async throws {
    let server = try await HTTP2TestServer(fixture: fixture)
    let client = try await fixture.client(to: server.server)
    try await withThrowingTaskGroup(of: String.self) { group in
      // The server answers none before it has seen all.
      for _ in 1...100 { group.addTask { try await get(client, "/hold/100").text } }
      for try await text in group { #expect(text == "ok") }
    }
    #expect(server.server.connections == 1)
    try await client.shutdown()
  }

  @Test("is sent no more streams at once than it takes; the others wait or use another connection")
  func maximumStreams() async throws {
    let settings = [HTTP2Setting(parameter: .maxConcurrentStreams, value: 3)]
    let server = try await HTTP2TestServer(fixture: fixture, settings: settings)
    let client = try await fixture.client(to: server.server)
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 1...60 { group.addTask { try await get(client, "/").text } }
      for try await text in group { #expect(text == "ok") }
    }
    #expect(server.server.connections <= UpstreamLimits.http2ConnectionsPerDestination)
    try await client.shutdown()
  }

  @Test("gets pseudo-header fields, and nothing that belongs to a connection")
  func requestFields() async throws {
    let server = try await HTTP2TestServer(fixture: fixture)
    let client = try await fixture.client(to: server.server)
    let stream = try await client.lease(scheme: "https", wantsHTTP2: true)
    #expect(try await stream.perform { $0.isHTTP2 })
    try await stream.perform { stream in
      var head = RequestHead(method: "POST", target: "https://server.test/a/b?c=d", authority: "server.test")
      head.fields = [
        ("Host", "server.test"), ("Connection", "keep-alive, X-Hop"), ("X-Hop", "1"), ("Keep-Alive", "5"),
        ("Transfer-Encoding", "chunked"), ("TE", "trailers"), ("Upgrade", "h2c"), ("X-Kept", "Yes"),
        ("Authorization", "Bearer x"), (":path", "/evil"),
      ].map { HTTPField(name: $0.0, value: $0.1) }
      stream.send(head: head, framing: .chunked)
      stream.send(body: ByteBuffer(string: "abc"))
      stream.end(trailers: [HTTPField(name: "X-Checksum", value: "1")])
    }
    #expect(try await stream.answer().text == "ok")
    #expect(
      server.state.received.withLock { $0 } == [
        ":method: POST", ":scheme: https", ":path: /a/b?c=d", ":authority: server.test", "te: trailers",
        "x-kept: Yes", "authorization: Bearer x", "x-checksum: 1",
      ])
    try await client.shutdown()
  }

  @Test("streams both ways at once, and ends with trailers")
  func bidirectional() async throws {
    let server = try await HTTP2TestServer(fixture: fixture)
    let client = try await fixture.client(to: server.server)
    let stream = try await client.lease(scheme: "https", wantsHTTP2: true)
    try await stream.perform { stream in
      stream.send(head: RequestHead(method: "POST", target: "/echo", authority: "server.test"), framing: .chunked)
      stream.flush()
    }
    guard case .head(let head)? = await stream.nextOfAnswer() else { return #expect(Bool(false), "no head") }
    #expect(head.status == 200)
    #expect(head.version == .http2)
    for word in ["one", "two", "three"] {
      try await stream.perform { stream in
        stream.send(body: ByteBuffer(string: word))
        stream.flush()
      }
      guard case .body(let content, let wire)? = await stream.nextOfAnswer() else { return #expect(Bool(false)) }
      #expect(String(buffer: content) == word)
      #expect(content == wire)
    }
    try await stream.perform { $0.end(trailers: []) }
    let rest = try await stream.answer()
    #expect(rest.trailers.first(named: "grpc-status") == "0")
    #expect(rest.trailers.first(named: "x-bytes") == "11")
    try await client.shutdown()
  }

  @Test("that resets a stream fails that exchange alone")
  func reset() async throws {
    let server = try await HTTP2TestServer(fixture: fixture)
    let client = try await fixture.client(to: server.server)
    let error = await #expect(throws: WireError.self) { try await get(client, "/reset") }
    #expect(error?.code == .connectionLost)
    #expect(error?.sentence.contains("the stream was reset (ENHANCE_YOUR_CALM)") == true)
    #expect(try await get(client, "/").text == "ok")
    #expect(server.server.connections == 1)
    try await client.shutdown()
  }

  @Test("that answers with what HTTP/2 does not have fails that exchange at once", arguments: ["101", "last/103"])
  func interim(_ path: String) async throws {
    let server = try await HTTP2TestServer(fixture: fixture)
    let client = try await fixture.client(to: server.server)
    let error = await #expect(throws: WireError.self) { try await get(client, "/interim/\(path)") }
    #expect(error?.code == .protocolBroken)
    #expect(error?.sentence.contains("RFC 9113") == true, "\(error?.sentence ?? "")")
    try await client.shutdown()
  }

  @Test("SwiftNIO's errors are told in words, without names of files")
  func words() {
    #expect(HTTP2ErrorText(NIOHTTP2Errors.unableToParseFrame()).text == "unable to parse frame")
    #expect(HTTP2ErrorText(HTTP2ErrorCode.protocolError).text == "PROTOCOL_ERROR")
    #expect(HTTP2ErrorText(HTTP2ErrorCode(networkCode: 77)).text == "error 77")
  }

  @Test("that refuses a stream unseen is asked once more, on another connection")
  func refused() async throws {
    let server = try await HTTP2TestServer(fixture: fixture)
    let client = try await fixture.client(to: server.server)
    #expect(try await get(client, "/").text == "ok")
    let stream = try await client.lease(scheme: "https", wantsHTTP2: true)
    try await stream.perform { stream in
      stream.send(head: RequestHead(method: "POST", target: "/refuse", authority: "server.test"), framing: .length(3))
      stream.send(body: ByteBuffer(string: "abc"))
      stream.end(trailers: [])
    }
    #expect(try await stream.answer().text == "ok")
    #expect(server.server.connections == 2)
    try await client.shutdown()
  }

  @Test("that says goodbye is given no new streams, and what it did not look at goes elsewhere")
  func goAway() async throws {
    let server = try await HTTP2TestServer(fixture: fixture)
    let client = try await fixture.client(to: server.server)
    #expect(try await get(client, "/").text == "ok")
    #expect(try await get(client, "/goaway").text == "ok")
    #expect(try await get(client, "/").text == "ok")
    #expect(server.server.connections == 2)
    try await client.shutdown()
  }

  @Test("learns that its stream was cancelled")
  func cancel() async throws {
    let server = try await HTTP2TestServer(fixture: fixture)
    let client = try await fixture.client(to: server.server)
    let stream = try await client.lease(scheme: "https", wantsHTTP2: true)
    try await stream.perform { stream in
      stream.send(head: RequestHead(method: "GET", target: "/echo", authority: "server.test"), framing: .chunked)
      stream.flush()
    }
    guard case .head? = await stream.nextOfAnswer() else { return #expect(Bool(false), "no head") }
    try await stream.perform { $0.cancel() }
    var resets = server.state.resets.stream.makeAsyncIterator()
    #expect(await resets.next() == "\(HTTP2ErrorCode.cancel.networkCode)")
    #expect(try await get(client, "/").text == "ok")
    #expect(server.server.connections == 1)
    try await client.shutdown()
  }

  @Test("does not flood a slow reader: what is unread stays within the stream's window")
  func backPressure() async throws {
    let size = 8 << 20
    let server = try await HTTP2TestServer(fixture: fixture)
    let client = try await fixture.client(to: server.server)
    let stream = try await client.lease(scheme: "https", wantsHTTP2: true)
    try await stream.perform { stream in
      stream.pauseReading()
      stream.send(head: RequestHead(method: "GET", target: "/flood/\(size)", authority: "server.test"), framing: .none)
    }
    // Other exchanges on the connection go on meanwhile.
    for _ in 1...20 { #expect(try await get(client, "/").text == "ok") }
    #expect(stream.recorder.receivedBytes == 0)
    try await stream.perform { $0.resumeReading() }
    #expect(try await stream.answer().body.readableBytes == size)
    #expect(server.server.connections == 1)
    try await client.shutdown()
  }

  @Test("that does not read stops us from writing, and says when more can be written")
  func writability() async throws {
    let server = try await HTTP2TestServer(fixture: fixture)
    let client = try await fixture.client(to: server.server)
    let stream = try await client.lease(scheme: "https", wantsHTTP2: true)
    let size = 4 << 20
    try await stream.perform { stream in
      let head = RequestHead(method: "POST", target: "/trailers", authority: "server.test")
      stream.send(head: head, framing: .length(size))
      stream.flush()
    }
    let piece = ByteBuffer(repeating: 0x61, count: 64 << 10)
    var sent = 0
    while sent < size {
      let isWritable = try await stream.perform { stream in
        guard stream.isWritable else { return false }
        stream.send(body: piece)
        stream.flush()
        return true
      }
      if isWritable { sent += piece.readableBytes }
    }
    try await stream.perform { $0.end(trailers: []) }
    #expect(try await stream.answer().trailers.first(named: "x-bytes") == "\(size)")
    try await client.shutdown()
  }

  @Test("fails all its exchanges when its connection goes")
  func connectionLost() async throws {
    let server = try await HTTP2TestServer(fixture: fixture)
    let client = try await fixture.client(to: server.server)
    let stream = try await client.lease(scheme: "https", wantsHTTP2: true)
    try await stream.perform { stream in
      stream.send(head: RequestHead(method: "GET", target: "/stall", authority: "server.test"), framing: .none)
    }
    try await client.shutdown()
    let error = await #expect(throws: WireError.self) { try await stream.answer() }
    #expect(error?.code == .connectionLost)
  }

  @Test("that turns out to speak HTTP/1.1 only is spoken to likewise")
  func fallback() async throws {
    let tls = try fixture.serverTLS.context(for: "server.test", protocols: ["http/1.1"])
    let server = try await LoopbackServer(tls: tls) { channel, number in
      let handler = ScriptedHTTP1Server(connection: number) {
        .answer("HTTP/1.1 200 OK\r\nContent-Length: \($0.text.utf8.count)\r\n\r\n\($0.text)")
      }
      try channel.pipeline.syncOperations.addHandler(handler)
    }
    let client = try await fixture.client(to: server)
    for _ in 1...2 {
      let answer = try await get(client, "/")
      #expect(answer.text.hasPrefix("GET / HTTP/1.1\r\nHost: server.test\r\n"))
      #expect(answer.head.version == .http1_1)
    }
    #expect(server.connections == 1)
    try await client.shutdown()
  }

  @Test("is spoken to in HTTP/1.1 by a client that speaks no HTTP/2")
  func notWanted() async throws {
    let tls = try fixture.serverTLS.context(for: "server.test", protocols: ["h2", "http/1.1"])
    let server = try await LoopbackServer(tls: tls) { channel, number in
      let handler = ScriptedHTTP1Server(connection: number) { _ in
        .answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
      }
      try channel.pipeline.syncOperations.addHandler(handler)
    }
    let client = try await fixture.client(to: server)
    #expect(try await client.get(scheme: "https").text == "ok")
    #expect(server.connections == 1)
    try await client.shutdown()
  }

  @Test("that cannot be reached fails all who wait for it, each with the reason")
  func unreachable() async throws {
    let server = try await HTTP2TestServer(fixture: fixture, host: "other.test")
    let client = try await fixture.client(to: server.server)
    await withTaskGroup(of: WireError?.self) { group in
      for _ in 1...5 {
        group.addTask {
          await #expect(throws: WireError.self) { try await get(client, "/") }
        }
      }
      for await error in group { #expect(error?.code == .certificateNameMismatch) }
    }
    try await client.shutdown()
  }
}
