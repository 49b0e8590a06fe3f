internal import Evidence
internal import NIOCore
internal import Testing

@testable internal import Wire

@Suite(.timeLimit(.minutes(1))) struct TLSClosingTests {
  /// Else a run whose agent had a WebSocket open as it ended would end as much later.
  @Test("a connection that is given up while its reading is paused closes at once, not when the peer is given up too")
  func pausedAndCancelled() async throws {
    let fixture = try UpstreamFixture()
    let tls = try fixture.serverTLS.context(for: "server.test", protocols: ["http/1.1"])
    let server = try await LoopbackServer(tls: tls) { channel, number in
      try channel.pipeline.syncOperations.addHandler(
        ScriptedHTTP1Server(connection: number) { _ in
          .switchProtocols("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: upgrade\r\n\r\n")
        })
    }
    let client = try await fixture.client(to: server)
    let stream = try await client.lease(scheme: "https", isDedicated: true)
    try await stream.perform { stream in
      let head = RequestHead(
        method: "GET", target: "/", authority: "server.test",
        fields: [HTTPField(name: "Connection", value: "upgrade"), HTTPField(name: "Upgrade", value: "echo")])
      stream.send(head: head, framing: .none)
    }
    guard case .head? = await stream.nextOfAnswer() else { return #expect(Bool(false), "no head") }
    try await stream.perform { stream in
      stream.becomeRaw()
      stream.pauseReading()
      stream.send(body: ByteBuffer(string: "world"))
      stream.flush()
    }
    // What had been asked for before the pause is here now, and nothing more is asked for.
    _ = await stream.nextOfAnswer()
    let start = NIODeadline.now()
    try await stream.perform { $0.cancel() }
    try await client.shutdown()
    #expect(NIODeadline.now() - start < TLSLimits.closeTimeout)
  }
}
