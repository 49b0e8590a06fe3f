internal import Evidence
internal import NIOCore
internal import Testing

@testable internal import Wire

@Suite("An HTTP/1 upstream", .timeLimit(.minutes(1)))
struct HTTP1UpstreamTests {
  typealias Server = ScriptedHTTP1Server
  let fixture: UpstreamFixture

  init() throws {
    fixture = try UpstreamFixture()
  }

  static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

  private func server(_ script: @escaping @Sendable (Server.Request) -> Server.Step) async throws -> LoopbackServer {
    try await LoopbackServer { channel, number in
      try channel.pipeline.syncOperations.addHandler(Server(connection: number, script: script))
    }
  }

  @Test("keeps its connection for the next exchange, POST included")
  func keepAlive() async throws {
    let server = try await server { _ in .answer(Self.ok) }
    let client = try await fixture.client(to: server)
    for _ in 1...5 {
      let stream = try await client.lease()
      try await stream.perform { stream in
        stream.send(head: RequestHead(method: "POST", target: "/", authority: "a"), framing: .length(3))
        stream.send(body: ByteBuffer(string: "abc"))
        stream.end(trailers: [])
      }
      #expect(try await stream.answer().text == "ok")
    }
    #expect(server.connections == 1)
    try await client.shutdown()
  }

  @Test("gets the bytes of a raw head and of wire chunks as they are")
  func verbatim() async throws {
    let request = "POST /x HTTP/1.1\r\nHOST:  a\r\nX-Odd:\tv \r\nTransfer-Encoding: chunked\r\n\r\n"
    let chunks = "3;ext=1\r\nabc\r\n0\r\nX-Trailer: t\r\n\r\n"
    let server = try await server {
      .answer("HTTP/1.1 200 OK\r\nContent-Length: \($0.text.utf8.count)\r\n\r\n\($0.text)")
    }
    let client = try await fixture.client(to: server)
    let stream = try await client.lease()
    try await stream.perform { stream in
      let head = RequestHead(method: "POST", target: "/x", authority: "a", raw: ByteBuffer(string: request))
      stream.send(head: head, framing: .chunked)
      stream.send(body: ByteBuffer(string: chunks))
      stream.end(trailers: [HTTPField(name: "X-Trailer", value: "t")])
    }
    #expect(try await stream.answer().text == request + chunks)
    try await client.shutdown()
  }

  @Test("is written from its parts where there are no raw bytes: chunks, trailers, joined cookies")
  func serialized() async throws {
    let server = try await server {
      .answer("HTTP/1.1 200 OK\r\nContent-Length: \($0.text.utf8.count)\r\n\r\n\($0.text)")
    }
    let client = try await fixture.client(to: server)
    let stream = try await client.lease()
    try await stream.perform { stream in
      var head = RequestHead(method: "POST", target: "/x", authority: "a.test", version: .http2)
      head.fields = [
        HTTPField(name: "cookie", value: "a=1"), HTTPField(name: "te", value: "trailers"),
        HTTPField(name: "cookie", value: "b=2"), HTTPField(name: "content-length", value: "6"),
      ]
      stream.send(head: head, framing: .chunked)
      stream.send(body: ByteBuffer(string: "abc"))
      stream.send(body: ByteBuffer())
      stream.send(body: ByteBuffer(string: "def"))
      stream.end(trailers: [HTTPField(name: "x-t", value: "1")])
    }
    let text = try await stream.answer().text
    #expect(text.hasPrefix("POST /x HTTP/1.1\r\nHost: a.test\r\ncookie: a=1; b=2\r\nte: trailers\r\n"))
    #expect(text.contains("Transfer-Encoding: chunked\r\n"))
    #expect(!text.contains("content-length"))
    #expect(text.hasSuffix("\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\nx-t: 1\r\n\r\n"))
    try await client.shutdown()
  }

  @Test("gives informational heads, wire bytes with their framing, and trailers")
  func chunkedAnswer() async throws {
    let wire = "2\r\nok\r\n0\r\nX-T: 1\r\n\r\n"
    let server = try await server { _ in
      .answer("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + wire)
    }
    let client = try await fixture.client(to: server)
    let answer = try await client.get()
    #expect(answer.informational == [103])
    #expect(answer.text == "ok")
    #expect(String(buffer: answer.wire) == wire)
    #expect(answer.trailers == [HTTPField(name: "X-T", value: "1")])
    try await client.shutdown()
  }

  @Test("is not used again after it said close, or ended its answer by closing")
  func closes() async throws {
    let server = try await server { request in
      request.target == "/close"
        ? .answer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")
        : .answerAndClose("HTTP/1.1 200 OK\r\n\r\nlast")
    }
    let client = try await fixture.client(to: server)
    #expect(try await client.get("/close").text == "ok")
    #expect(try await client.get("/end").text == "last")
    #expect(try await client.get("/close").text == "ok")
    #expect(server.connections == 3)
    try await client.shutdown()
  }

  @Test("that closes in the middle of an answer is a failure, told once")
  func truncated() async throws {
    let server = try await server { _ in .answerAndClose("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok") }
    let client = try await fixture.client(to: server)
    let error = await #expect(throws: WireError.self) { try await client.get() }
    #expect(error?.code == .connectionLost)
    try await client.shutdown()
  }

  @Test("that answers nonsense, or more than was asked for, is refused")
  func nonsense() async throws {
    let server = try await server { request in
      request.target == "/nonsense" ? .answer("SMTP ready\r\n\r\n") : .answer(Self.ok + "HTTP/1.1 200 OK\r\n\r\n")
    }
    let client = try await fixture.client(to: server)
    let error = await #expect(throws: WireError.self) { try await client.get("/nonsense") }
    #expect(error?.code == .protocolBroken)
    #expect(try await client.get("/more").text == "ok")
    #expect(try await client.get("/more").text == "ok")
    #expect(server.connections == 3)
    try await client.shutdown()
  }

  @Test("that died in the pool is replaced once, and the request is sent whole")
  func deadConnectionIsReplaced() async throws {
    let server = try await server { request in
      request.number == 1 ? .answer(Self.ok) : .close
    }
    let client = try await fixture.client(to: server)
    _ = try await client.get()
    // Leased alive; dies before anything is sent on it.
    let stream = try await client.lease()
    try await stream.perform { stream in
      guard let pooled = stream as? PooledStream else { return }
      pooled.transportDidFail(WireError(.connectionLost, at: "test", "gone"), isUnprocessed: true)
      stream.send(head: RequestHead(method: "POST", target: "/", authority: "a"), framing: .length(3))
      stream.send(body: ByteBuffer(string: "abc"))
      stream.end(trailers: [])
    }
    #expect(try await stream.answer().text == "ok")
    #expect(server.connections == 2)
    try await client.shutdown()
  }

  @Test("that closes after it took a request is not asked again, since it may have acted on it")
  func takenRequestIsNotRepeated() async throws {
    let server = try await server { request in request.number == 1 ? .answer(Self.ok) : .close }
    let client = try await fixture.client(to: server)
    _ = try await client.get()
    let error = await #expect(throws: WireError.self) { try await client.get() }
    #expect(error?.code == .connectionLost)
    #expect(server.connections == 1)
    try await client.shutdown()
  }

  @Test("that closed its idle connection is noticed, and a new one is used")
  func idleClose() async throws {
    let closed = AsyncStream.makeStream(of: Void.self)
    let server = try await LoopbackServer { channel, number in
      channel.closeFuture.whenComplete { _ in closed.continuation.yield() }
      try channel.pipeline.syncOperations.addHandler(Server(connection: number) { _ in .answerAndClose(Self.ok) })
    }
    let client = try await fixture.client(to: server)
    var closings = closed.stream.makeAsyncIterator()
    for _ in 1...4 {
      #expect(try await client.get().text == "ok")
      await closings.next()
    }
    #expect(server.connections == 4)
    try await client.shutdown()
  }

  @Test("is closed by us when nobody needed it for the idle time")
  func idleTimeout() async throws {
    let closed = AsyncStream.makeStream(of: Void.self)
    let server = try await LoopbackServer { channel, number in
      channel.closeFuture.whenComplete { _ in closed.continuation.yield() }
      try channel.pipeline.syncOperations.addHandler(Server(connection: number) { _ in .answer(Self.ok) })
    }
    let client = try await fixture.client(to: server) { $0.idleTimeout = .milliseconds(20) }
    _ = try await client.get()
    var closings = closed.stream.makeAsyncIterator()
    await closings.next()
    #expect(try await client.get().text == "ok")
    #expect(server.connections == 2)
    try await client.shutdown()
  }

  @Test("keeps to the bound on connections, and those who wait are served in turn")
  func bounded() async throws {
    let server = try await server { _ in .answer(Self.ok) }
    let client = try await fixture.client(to: server) { $0.connectionsPerDestination = 3 }
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 1...40 { group.addTask { try await client.get().text } }
      for try await text in group { #expect(text == "ok") }
    }
    #expect(server.connections <= 3)
    try await client.shutdown()
  }

  @Test("that is cancelled loses its connection, and no more is told")
  func cancel() async throws {
    let closed = AsyncStream.makeStream(of: Void.self)
    let server = try await LoopbackServer { channel, number in
      channel.closeFuture.whenComplete { _ in closed.continuation.yield() }
      try channel.pipeline.syncOperations.addHandler(Server(connection: number) { _ in .silence })
    }
    let client = try await fixture.client(to: server)
    let stream = try await client.lease()
    try await stream.perform { stream in
      stream.send(head: RequestHead(method: "GET", target: "/", authority: "a"), framing: .none)
      stream.cancel()
    }
    var closings = closed.stream.makeAsyncIterator()
    await closings.next()
    #expect(try await client.connectionCount() == 0)
    try await client.shutdown()
  }

  @Test("becomes a plain pipe after 101, with what came right behind the head")
  func upgrade() async throws {
    let server = try await server { _ in
      .switchProtocols("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: upgrade\r\n\r\nhello ")
    }
    let client = try await fixture.client(to: server)
    let stream = try await client.lease(isDedicated: true)
    try await stream.perform { stream in
      let head = RequestHead(
        method: "GET", target: "/", authority: "a",
        fields: [HTTPField(name: "Connection", value: "upgrade"), HTTPField(name: "Upgrade", value: "echo")])
      stream.send(head: head, framing: .none)
    }
    guard case .head(let head)? = await stream.nextOfAnswer() else { return #expect(Bool(false), "no head") }
    #expect(head.status == 101)
    try await stream.perform { stream in
      stream.becomeRaw()
      stream.send(body: ByteBuffer(string: "world"))
      stream.flush()
    }
    var text = ""
    while text.utf8.count < 11, case .body(let bytes, _)? = await stream.nextOfAnswer() {
      text += String(buffer: bytes)
    }
    #expect(text == "hello world")
    // Our side ends; the server closes its own, and that is told.
    try await stream.perform { $0.end(trailers: []) }
    #expect(try await stream.answer().body.readableBytes == 0)
    try await client.shutdown()
  }

  @Test("does not flood a slow reader: what is unread stays in the sockets")
  func backPressure() async throws {
    let size = 64 << 20
    let server = try await LoopbackServer { channel, _ in
      try channel.pipeline.syncOperations.addHandler(FloodServer(bytes: size))
    }
    let client = try await fixture.client(to: server)
    let stream = try await client.lease()
    try await stream.perform { stream in
      stream.send(head: RequestHead(method: "GET", target: "/", authority: "a"), framing: .none)
    }
    guard case .head? = await stream.nextOfAnswer() else { return #expect(Bool(false), "no head") }
    try await stream.perform { $0.pauseReading() }
    let before = stream.recorder.receivedBytes
    // Turns of the loop in which it could have read on.
    for _ in 1...20 { try await stream.perform { _ in } }
    #expect(stream.recorder.receivedBytes - before < 4 << 20)
    try await stream.perform { $0.resumeReading() }
    #expect(try await stream.answer().body.readableBytes >= size - before - (4 << 20))
    #expect(stream.recorder.receivedBytes == size)
    try await client.shutdown()
  }

  @Test("tells when more can be written again")
  func writability() async throws {
    let server = try await LoopbackServer { channel, _ in
      try channel.pipeline.syncOperations.addHandler(SinkServer(expected: 32 << 20))
    }
    let client = try await fixture.client(to: server)
    let stream = try await client.lease()
    try await stream.perform { stream in
      stream.send(head: RequestHead(method: "POST", target: "/", authority: "a"), framing: .length(32 << 20))
    }
    let piece = ByteBuffer(repeating: 0x61, count: 64 << 10)
    var sent = 0
    while sent < 32 << 20 {
      let written = try await stream.perform { stream in
        var count = 0
        while stream.isWritable, count < 64 {
          stream.send(body: piece)
          stream.flush()
          count += 1
        }
        return count
      }
      sent += written * piece.readableBytes
      if written == 0 {
        guard case .writable? = await stream.next() else { return #expect(Bool(false), "no writability") }
      }
      if sent + 64 * piece.readableBytes > 32 << 20 { break }
    }
    let rest = (32 << 20) - sent
    try await stream.perform { stream in
      stream.send(body: ByteBuffer(repeating: 0x61, count: rest))
      stream.end(trailers: [])
    }
    #expect(try await stream.answer().text == "ok")
    try await client.shutdown()
  }

  @Test("that never answers is given up after the time that was set for it")
  func headTimeout() async throws {
    let server = try await server { _ in .silence }
    let client = try await fixture.client(to: server) { $0.responseHeadTimeout = .milliseconds(20) }
    let error = await #expect(throws: WireError.self) { try await client.get() }
    #expect(error?.code == .timedOut)
    try await client.shutdown()
  }

  @Test("fails what is under way when the pool is shut down, and takes no more")
  func shutdown() async throws {
    let server = try await server { _ in .silence }
    let client = try await fixture.client(to: server)
    let stream = try await client.lease()
    try await stream.perform { stream in
      stream.send(head: RequestHead(method: "GET", target: "/", authority: "a"), framing: .none)
    }
    try await client.shutdown()
    await #expect(throws: WireError.self) { try await stream.answer() }
    let error = await #expect(throws: WireError.self) { try await client.lease() }
    #expect(error?.code == .shutDown)
    #expect(try await client.connectionCount() == 0)
  }

  @Test("an address that is refused at once fails its request, and the pool goes on")
  func refusedAtOnce() async throws {
    let client = try await PoolClient(fixture.connector(grants: []), on: fixture.group.any())
    for _ in 0..<2 {
      await #expect(throws: WireError.self) { try await client.lease("10.1.2.3") }
    }
    try await client.shutdown()
  }
}
