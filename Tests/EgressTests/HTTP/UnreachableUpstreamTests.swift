internal import Ledger
internal import NIOCore
internal import Testing

@testable internal import Egress

/// What a client hears, and the record keeps, of a server that is not there.
@Suite(.serialized, .timeLimit(.minutes(1))) struct UnreachableUpstreamTests {
  /// How often each type of entry is in the harness's ledger, which is closed for it.
  private func expectOneOfEach(_ harness: DoorHarness) throws {
    try harness.ledger.close()
    let stored = StoredText.all(beneath: "\(harness.directory.path)/ledger/journal")
    #expect(stored.ranges(of: "egress.decision").count == 1)
    #expect(stored.ranges(of: "egress.completed").count == 1)
  }

  @Test("over HTTP/1 it is answered, and its end recorded once")
  func http1() async throws {
    let harness = try await DoorHarness()
    try await harness.upstream.close()
    let client = try await harness.client()
    client.send("GET http://server.test/ HTTP/1.1\r\nHost: server.test\r\nConnection: close\r\n\r\n")
    #expect(try await client.answer().status == 502)
    #expect(await client.readToEnd().isEmpty)
    try expectOneOfEach(harness)
  }

  @Test("over HTTP/2 it is answered, and its end recorded once")
  func http2() async throws {
    let harness = try await DoorHarness { $0.upstream = .http2 }
    try await harness.upstream.close()
    let client = try await harness.http2()
    let stream = try await client.open(HTTP2Client.post(), isWhole: true)
    await stream.read()
    #expect(stream.status == 502)
    try expectOneOfEach(harness)
  }
}
