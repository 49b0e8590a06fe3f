internal import NIOCore
internal import NIOHPACK
internal import Testing

@testable internal import Egress

/// What an HTTP/2 client could put where nobody looks.
@Suite(.serialized, .timeLimit(.minutes(1))) struct HTTP2DoorTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let headers: [(String, String)]
    let status: Int
    let testDescription: String

    init(_ name: String, _ status: Int, replacing field: String, with value: String) {
      var headers = HTTP2Client.post()
      if let index = headers.firstIndex(where: { $0.0 == field }) {
        headers[index].1 = value
      } else {
        headers.append((field, value))
      }
      self.headers = headers
      self.status = status
      testDescription = name
    }
  }

  @Test(
    "a head that HTTP/1 would not have let in is refused, and recorded without what it held",
    arguments: [
      Case("a scheme of its own", 400, replacing: ":scheme", with: plantedKey),
      Case("clear text in TLS", 400, replacing: ":scheme", with: "http"),
      Case("a method that is a message", 501, replacing: ":method", with: plantedKey),
      Case("a path without a slash", 400, replacing: ":path", with: "noslash"),
      Case("a path that names another host", 400, replacing: ":path", with: "https://other.test/k"),
      Case("a path that names the same host", 400, replacing: ":path", with: "https://server.test/"),
      Case("an asterisk", 400, replacing: ":path", with: "*"),
      Case("another port", 421, replacing: ":authority", with: "server.test:12345"),
      Case("another host beside", 421, replacing: "host", with: "other.test"),
      Case("a length that is none", 400, replacing: "content-length", with: "+5"),
      Case("a list of lengths", 400, replacing: "content-length", with: "5, 5"),
    ])
  func refused(_ bad: Case) async throws {
    let harness = try await DoorHarness { $0.upstream = .http2 }
    let client = try await harness.http2()
    let stream = try await client.open(bad.headers, isWhole: !bad.headers.contains { $0.0 == "content-length" })
    await stream.read { $0.status != 0 }
    #expect(stream.status == bad.status)
    #expect(harness.upstream.memory.now.connections == 0)
    #expect(!(try harness.everythingRecorded().contains(plantedKey)))
  }

  @Test("trailers that route or frame are refused")
  func trailers() async throws {
    let harness = try await DoorHarness { $0.upstream = .http2 }
    let client = try await harness.http2()
    let stream = try await client.open(HTTP2Client.post())
    stream.send("hello")
    stream.end(trailers: [("host", "other.test")])
    await stream.read()
    #expect(stream.status == 400)
    #expect(harness.upstream.memory.now.requests.isEmpty)
  }

  @Test("a body longer than memory holds arrives whole")
  func longBody() async throws {
    let harness = try await DoorHarness {
      $0.upstream = .http2
      $0.limits.bodyMemoryBytes = 10_000
    }
    let client = try await harness.http2()
    let stream = try await client.open(HTTP2Client.post())
    let piece = String(repeating: "0123456789", count: 1000)
    for _ in 0..<300 { stream.send(piece) }
    stream.send("", isLast: true)
    await stream.read()
    #expect(stream.status == 200)
    #expect(harness.upstream.requests.first?.body.count == 3_000_000)
  }

  @Test("a client that breaks the protocol is closed, not answered for ever")
  func broken() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.secured(protocols: ["h2"])
    let settings: [UInt8] = [0, 0, 0, 4, 0, 0, 0, 0, 0]
    // DATA on stream 0 is a connection error (RFC 9113 §6.1).
    let data: [UInt8] = [0, 0, 1, 0, 0, 0, 0, 0, 0, 0x41]
    client.send(ByteBuffer(bytes: Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + settings + data))
    _ = await client.readToEnd()
  }
}
