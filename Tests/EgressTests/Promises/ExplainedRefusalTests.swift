internal import Enforcement
internal import Evidence
internal import Foundation
internal import Testing

@testable internal import Egress
@testable internal import Wire

/// Promise 5: every decision explains itself, in the tool's own dialect.
@Suite(.serialized, .timeLimit(.minutes(1))) struct ExplainedRefusalTests {
  struct Dialect: Sendable, CustomTestStringConvertible {
    let host: String
    let path: String
    /// How the error's text begins in canonical JSON.
    let shape: String
    var testDescription: String { host }
  }

  static let dialects = [
    Dialect(
      host: "api.anthropic.com", path: "/v1/messages", shape: #"{"error":{"message":"#),
    Dialect(host: "api.openai.com", path: "/v1/chat/completions", shape: #"{"error":{"code":"blocked_by_policy""#),
    Dialect(host: "api.mistral.ai", path: "/v1/chat/completions", shape: #"{"code":"403","message":"#),
    Dialect(
      host: "generativelanguage.googleapis.com", path: "/v1beta/models/gemini-2.5-pro:generateContent",
      shape: #"{"error":{"code":403,"message":"#),
    Dialect(host: "server.test", path: "/anything", shape: #"{"error":{"code":"blocked_by_policy""#),
  ]

  @Test("a blocked request is answered with rule, line and reason as its client's SDK expects", arguments: dialects)
  func blocked(_ dialect: Dialect) async throws {
    let harness = try await DoorHarness {
      $0.rules = "  - name: nothing today\n    when: {method: POST}\n    then: block\n    because: We rest.\n"
    }
    let client = try await harness.secured(dialect.host)
    client.send(
      "POST \(dialect.path) HTTP/1.1\r\nHost: \(dialect.host)\r\nContent-Type: application/json\r\n"
        + "Content-Length: 2\r\n\r\n{}")
    let answer = try await client.answer()
    #expect(answer.status == 403)
    #expect(answer.text.hasPrefix(dialect.shape), "\(answer.text)")
    #expect(answer.text.contains("nothing today") && answer.text.contains("sallyport.yaml:4"), "\(answer.text)")
    #expect(answer.text.contains("We rest"))
    #expect(answer.head.fields.first(named: "x-should-retry") == "false")
    #expect(harness.upstream.memory.now.connections == 0)
    #expect(harness.journal.exchanges.map(\.decision.action) == [.block])
  }

  @Test("a secret in the body is named, with what to do about it, and is in no record")
  func secret() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    client.send(
      "POST http://server.test/up HTTP/1.1\r\nHost: server.test\r\nContent-Length: \(plantedKey.utf8.count)\r\n\r\n\(plantedKey)"
    )
    let answer = try await client.answer()
    #expect(answer.status == 403)
    #expect(answer.text.contains("test-key"))
    #expect(!answer.text.contains(plantedKey))
    #expect(try !#require(harness.journal.exchanges.first).decision.remedy.isEmpty)
    #expect(try !harness.everythingRecorded().contains(plantedKey))
  }

  @Test("a body that is one encoded secret and nothing else is stopped")
  func encodedToItsEnd() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    let body = Data("key \(plantedKey)".utf8).base64EncodedString()
    client.send(
      "POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    #expect(try await client.answer(to: "POST").status == 403)
    #expect(harness.upstream.memory.now.connections == 0)
  }

  @Test("a WebSocket message that is one encoded secret and nothing else is stopped")
  func encodedMessage() async throws {
    let harness = try await DoorHarness { $0.script = WebSocketClient.script(deflate: false) }
    let client = try await WebSocketClient(harness, deflate: false)
    _ = try client.send(Data("key \(plantedKey)".utf8).base64EncodedString())
    #expect(await client.client.readToEnd().firstRange(of: Array("test-key".utf8)) != nil)
    #expect(harness.upstream.memory.now.rawBytes.isEmpty)
  }

  @Test("a secret in path, field or trailer stops a request too", arguments: ["path", "field", "trailer"])
  func elsewhere(place: String) async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    let path = place == "path" ? "/?k=\(plantedKey)" : "/"
    let field = place == "field" ? "X-Note: \(plantedKey)\r\n" : ""
    let trailer = place == "trailer" ? "X-Note: \(plantedKey)\r\n" : ""
    client.send(
      "POST http://server.test\(path) HTTP/1.1\r\nHost: server.test\r\n\(field)Transfer-Encoding: chunked\r\n\r\n"
        + "2\r\nab\r\n0\r\n\(trailer)\r\n")
    #expect(try await client.answer().status == 403)
    #expect(harness.upstream.memory.now.connections == 0)
    #expect(try !harness.everythingRecorded().contains(plantedKey))
  }

  @Test("blocked telemetry gets the answer that quiets it, and the record says that it was blocked")
  func quiet() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.secured("api.anthropic.com")
    client.send("POST /api/claude_code/metrics HTTP/1.1\r\nHost: api.anthropic.com\r\nContent-Length: 2\r\n\r\n{}")
    let answer = try await client.answer()
    #expect(answer.status == 200 && answer.text == "{}")
    #expect(harness.upstream.memory.now.connections == 0)
    #expect(harness.journal.exchanges.map(\.decision.action) == [.block])
    #expect(harness.journal.exchanges.map(\.forwardedBytes) == [0])
  }
}
