internal import Evidence
internal import NIOCore
internal import Testing

@testable internal import Egress

/// What a client hears, and the record keeps, of a server that is not there.
@Suite(.serialized, .timeLimit(.minutes(1))) struct UnreachableUpstreamTests {
  /// Two exchanges one after the other: the second's decision comes behind the first's decision and its one end.
  private func expectOneEnd(_ harness: DoorHarness) async throws {
    let exchanges = try await harness.exchanges { $0.count == 2 && $0[1].ledgerIndex != nil }
    #expect(exchanges.map(\.ledgerIndex) == [0, 2])
  }

  @Test("over HTTP/1 it is answered, and its end recorded once")
  func http1() async throws {
    let harness = try await DoorHarness()
    try await harness.upstream.close()
    let client = try await harness.client()
    for _ in 0..<2 {
      client.send("GET http://server.test/ HTTP/1.1\r\nHost: server.test\r\n\r\n")
      #expect(try await client.answer().status == 502)
    }
    try await expectOneEnd(harness)
  }

  @Test("over HTTP/2 it is answered, and its end recorded once")
  func http2() async throws {
    let harness = try await DoorHarness { $0.upstream = .http2 }
    try await harness.upstream.close()
    let client = try await harness.http2()
    for _ in 0..<2 {
      let stream = try await client.open(HTTP2Client.post(), isWhole: true)
      await stream.read()
      #expect(stream.status == 502)
    }
    try await expectOneEnd(harness)
  }
}
