internal import Evidence
internal import Ledger
internal import Testing

@testable internal import Enforcement

/// One value is let through by its fingerprint, on the record and nowhere written down.
@Suite(.serialized, .timeLimit(.minutes(1))) struct AllowedFindingTests {
  private static let other = "tk_" + "zyxwvutsrqpo" + "nmlkjihgfedc"

  private func send(_ text: String, to harness: DoorHarness) async throws -> (status: Int, exchange: Exchange) {
    let client = try await harness.client()
    client.send(
      "POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)")
    let status = try await client.answer(to: "POST").status
    return (status, try #require(harness.journal.exchanges.first))
  }

  @Test("the fingerprint of the report lets that value through and no other; report and ledger name the entry")
  func allowed() async throws {
    let (status, stopped) = try await send(plantedKey, to: try await DoorHarness())
    #expect(status == 403)
    let fingerprint = try #require(stopped.findings.first?.fingerprint)
    #expect(stopped.findings.first?.allowedBy == nil)
    let settings = "allow-findings:\n  - {fingerprint: \(fingerprint), because: It is made up.}\n"

    let harness = try await DoorHarness { $0.settings = settings }
    let (through, exchange) = try await send("a \(plantedKey) b", to: harness)
    #expect(through == 200)
    let entry = RuleReference(name: "allow-findings: \(fingerprint.prefix(8))", file: "sallyport.yaml", line: 4)
    #expect(exchange.findings.map(\.allowedBy) == [entry])
    #expect(exchange.json["findings"]?.array?.first?["allowedBy"] == entry.json)
    try harness.ledger.close()
    let stored = StoredText.all(beneath: "\(harness.directory.path)/ledger")
    #expect(stored.contains("allowedBy"))
    #expect(stored.contains(entry.name))
    #expect(!stored.contains(plantedKey))

    let both = try await DoorHarness { $0.settings = settings }
    let (refused, mixed) = try await send("\(plantedKey) \(Self.other)", to: both)
    #expect(refused == 403)
    #expect(mixed.findings.map { $0.allowedBy == nil } == [false, true])
  }

  @Test("a canary is not let through")
  func canary() async throws {
    let placeholder = "cn_" + "abcdefghijklmnop"
    func options(_ settings: String) -> (inout DoorHarness.Options) -> Void {
      { options in
        options.settings = settings
        options.placeholders = [
          PlaceholderTable.Entry(name: "K", placeholder: placeholder, value: Secret("v"), hosts: [])
        ]
      }
    }
    let (_, first) = try await send(placeholder, to: try await DoorHarness(options("")))
    let fingerprint = try #require(first.findings.first?.fingerprint)
    let settings = "allow-findings: [{fingerprint: \(fingerprint), because: It is made up.}]\n"
    let (_, second) = try await send(placeholder, to: try await DoorHarness(options(settings)))
    #expect(second.decision.action == first.decision.action)
    #expect(second.findings.map(\.dataClass).contains(.canary))
    #expect(second.findings.allSatisfy { $0.allowedBy == nil })
  }
}
