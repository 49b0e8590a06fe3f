internal import Enforcement
internal import Testing

@testable internal import Egress

@Suite(.timeLimit(.minutes(1))) struct EgressDoorTests {
  /// Else a request that a killed agent left in its socket would be decided behind the run's last entry.
  @Test("a door that is closed cuts off its clients, also in the middle of what they say, and decides nothing more")
  func closed() async throws {
    let harness = try await DoorHarness { $0.upstream = .http1(tls: true) }
    let (plain, secured) = (try await harness.client(), try await harness.secured())
    let half = "POST /half HTTP/1.1\r\nHost: server.test\r\nContent-Length: 9\r\n\r\nhello"
    plain.send("GET https://server.test/ HTTP/1.1\r\nHost: server.test\r\n\r\n")
    #expect(try await plain.answer().status == 200)
    secured.send("GET / HTTP/1.1\r\nHost: server.test\r\n\r\n")
    #expect(try await secured.answer().status == 200)
    secured.send(half)
    await harness.door.close()
    let decided = harness.journal.exchanges.count
    #expect(await plain.readToEnd().isEmpty)
    #expect(await secured.readToEnd().isEmpty)
    await #expect(throws: (any Error).self) { try await harness.client().answer() }
    #expect(harness.journal.exchanges.count == decided)
    #expect(harness.upstream.requests.map(\.target) == ["/", "/"])
  }
}
