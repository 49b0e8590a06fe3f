internal import NIOCore
internal import Testing

@testable internal import Egress

/// Whoever goes leaves nothing open behind.
@Suite(.serialized, .timeLimit(.minutes(1))) struct ClientEndTests {
  enum Place: String, Sendable, CaseIterable {
    case proxy, halfRequest, socks, tunnel, capture, halfHello, secured, http2, resolver
  }

  @Test("a client that ends where nothing is owed to it is let go at once", arguments: Place.allCases)
  func ends(place: Place) async throws {
    let harness = try await DoorHarness()
    let client: DoorClient
    switch place {
    case .proxy: client = try await harness.client()
    case .halfRequest:
      client = try await harness.client()
      client.send("GET http://serv")
    case .socks:
      client = try await harness.client()
      client.send(ByteBuffer(bytes: [5, 1, 0]))
      _ = try await client.read(count: 2)
    case .tunnel: client = try await harness.tunnel()
    case .capture: client = try await DoorClient(port: harness.capturePort)
    case .halfHello:
      client = try await harness.tunnel()
      client.send(ByteBuffer(bytes: [0x16, 3, 1, 2]))
    case .secured: client = try await harness.secured()
    case .http2:
      client = try await harness.secured(protocols: ["h2"])
      client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0")
      _ = try await client.read(count: 9)
    case .resolver:
      let socket = try ListeningSocket()
      try await harness.door.serveResolver(on: socket.descriptor).get()
      client = try await DoorClient(port: socket.port)
    }
    client.endSending()
    _ = await client.readToEnd()
    #expect(harness.upstream.memory.now.connections == 0)
  }
}
