internal import Enforcement
internal import Evidence
internal import Synchronization
internal import Testing

@testable internal import Egress

/// Promise 5: a yes is on record only where a person said it, and counts for what was asked.
@Suite(.serialized, .timeLimit(.minutes(1))) struct AskedPieceTests {
  private final class ScriptedAsker: Asker {
    let answer: Answer
    let asked = Mutex(0)

    init(_ answer: Answer) { self.answer = answer }

    func ask(_ exchange: Exchange, answer completion: @escaping @Sendable (Answer) -> Void) {
      asked.withLock { $0 += 1 }
      completion(answer)
    }

    var count: Int { asked.withLock { $0 } }
  }

  private func streaming(
    _ asker: ScriptedAsker, rules: String
  ) async throws -> (DoorHarness, HTTP2Client, HTTP2ClientStream) {
    let harness = try await DoorHarness {
      $0.upstream = .http2
      $0.asker = asker
      $0.rules = rules + "  - {name: open, when: {destination: '*.test'}, then: allow}\n"
    }
    let client = try await harness.http2()
    let stream = try await client.open(HTTP2Client.post() + [("content-type", "application/grpc")])
    return (harness, client, stream)
  }

  private static let asksForKeys = "  - {name: keys, when: {class: credential}, then: ask}\n"

  @Test("a piece that a rule asks about does not go because the pieces before it went without a question")
  func silence() async throws {
    let asker = ScriptedAsker(.silence)
    let (harness, client, stream) = try await streaming(asker, rules: Self.asksForKeys)
    stream.send("one ")
    await stream.read { $0.text == "one " }
    stream.send("\(plantedKey) ", isLast: true)
    await stream.read()
    #expect(stream.isReset)
    #expect(harness.upstream.memory.now.rawBytes == Array("one ".utf8))
    #expect(asker.count == 1)
    let exchange = try #require(try await harness.exchanges { $0.first?.decision.action == .block }.first)
    #expect(!exchange.decision.reasons.contains { $0.statement.contains("said yes") })
    withExtendedLifetime(client) {}
  }

  @Test("what a person said yes to is not asked again with each piece; what comes new is")
  func yes() async throws {
    let asker = ScriptedAsker(.yes)
    let (harness, client, stream) = try await streaming(asker, rules: Self.asksForKeys)
    stream.send("\(plantedKey) ")
    await stream.read { $0.text == "\(plantedKey) " }
    #expect(asker.count == 1)
    stream.send("more ")
    await stream.read { $0.text.hasSuffix("more ") }
    #expect(asker.count == 1)
    let other = String(plantedKey.dropLast()) + "y"
    stream.send("\(other) ", isLast: true)
    await stream.read { $0.text.hasSuffix("\(other) ") }
    #expect(asker.count == 2)
    #expect(harness.journal.exchanges.count == 1)
    withExtendedLifetime(client) {}
  }

  @Test("a yes to a destination is no yes to what a later piece holds")
  func route() async throws {
    let asker = ScriptedAsker(.yes)
    let (harness, client, stream) = try await streaming(
      asker, rules: Self.asksForKeys + "  - {name: where, when: {destination: server.test}, then: ask}\n")
    stream.send("one ")
    await stream.read { $0.text == "one " }
    #expect(asker.count == 1)
    stream.send("\(plantedKey) ", isLast: true)
    await stream.read { $0.text.hasSuffix("\(plantedKey) ") }
    #expect(asker.count == 2, "\(harness.journal.exchanges)")
    withExtendedLifetime(client) {}
  }
}
