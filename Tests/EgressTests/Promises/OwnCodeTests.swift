internal import Compression
internal import Crypto
internal import Enforcement
internal import Evidence
internal import Fingerprints
internal import NIOCore
internal import Testing

@testable internal import Egress
@testable internal import Wire

/// The organisation's own code is found in what leaves, and policy decides on it.
@Suite(.serialized, .timeLimit(.minutes(2))) struct OwnCodeTests {
  private static let rules = """
      - {name: cut, when: {class: proprietary, grade: redact, destination: server.test}, then: redact}
      - {name: keys, when: {class: credential, destination: server.test}, then: redact}
      - {name: stays, when: {class: proprietary, grade: redact, destination: other.test}, then: block}
      - {name: open, when: {destination: '*.test'}, then: allow}

    """

  /// A file with lines that are nobody else's.
  private static func file(_ word: String) -> String {
    (1...24).map { "func \(word)\($0 * 7)(of tide: Int) -> Int { harbour.\(word)Depth[\($0)] - tide * \(word)Factor }" }
      .joined(separator: "\n")
  }

  private static let code = file("anchor")
  private static let other = file("beacon")

  private static func ownCode() throws -> FingerprintSet? {
    let directory = try ScratchDirectory()
    try directory.write(code, to: "own/anchors.swift")
    try directory.write(other, to: "own/beacons.swift")
    let key = FingerprintKey(Secret([UInt8](repeating: 7, count: 32)))
    let store = FingerprintStore(directory: "\(directory.path)/indexes", key: key)
    _ = try store.index("\(directory.path)/own")
    return withExtendedLifetime(directory) { store.search(from: []).set }
  }

  private func harness(redactions: Bool = true) async throws -> DoorHarness {
    let ownCode = try Self.ownCode()
    return try await DoorHarness { options in
      options.rules = Self.rules
      options.ownCode = ownCode
      if redactions { options.redactions = RedactionMapping(key: SymmetricKey(size: .bits256)) }
      options.script = { request in
        let body = String(decoding: request.body, as: UTF8.self)
        return [
          .answer(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body)
        ]
      }
    }
  }

  private func body(_ texts: [String]) throws -> String {
    let messages = texts.map { JSONValue.object(["role": .string("user"), "content": .string($0)]) }
    return String(decoding: try CanonicalJSON.encode(["messages": .array(messages)]), as: UTF8.self)
  }

  private func send(
    _ body: String, to harness: DoorHarness, _ host: String = "server.test"
  ) async throws -> DoorClient.Answer {
    let client = try await harness.client()
    client.send(
      "POST http://\(host)/v1 HTTP/1.1\r\nHost: \(host)\r\nContent-Type: application/json\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    return try await client.answer()
  }

  private func contents(_ body: some Sequence<UInt8>) throws -> [String] {
    try JSONParser.parse(Array(body))["messages"]?.array?.compactMap { $0["content"]?.string } ?? []
  }

  @Test("it is a finding like any other: in the decision, and on record with its place")
  func found() async throws {
    let harness = try await harness()
    let body = try body(["Please explain:\n\n" + Self.code])
    #expect(try await send(body, to: harness, "other.test").status == 403)
    #expect(harness.upstream.requests.isEmpty)
    let exchange = try #require(try await harness.exchanges { $0.count == 1 }.first)
    #expect(exchange.decision.rule.name == "stays")
    let finding = try #require(exchange.findings.first { $0.detector == "own-code" })
    #expect(finding.dataClass == .proprietary && finding.grade == .redact && finding.place == .body)
    #expect(finding.span.start > 20 && finding.span.end <= body.utf8.count)
    #expect(!(try harness.everythingRecorded()).contains("anchorDepth"))
  }

  @Test("redacted, nothing of it leaves, the words around it do, and the answer has it again")
  func redacted() async throws {
    let harness = try await harness()
    let texts = ["Please explain:\n\n\(Self.code)\n\nand be quick.", "Nothing here.", Self.other]
    let answer = try await send(try body(texts), to: harness)
    #expect(answer.status == 200)
    let sent = try contents(try #require(harness.upstream.requests.first).body)
    #expect(sent.count == 3 && sent[1] == "Nothing here.")
    #expect(sent[0].hasPrefix("Please explain:\n\nREDACTED_own_code_") && sent[0].hasSuffix("\n\nand be quick."))
    #expect(sent[2].hasPrefix("REDACTED_own_code_") && !sent[2].contains("\n"))
    #expect(!sent.joined().contains("Depth") && !sent.joined().contains("func"))
    #expect(try contents(answer.body) == texts)
    let exchanges = try await harness.exchanges { $0.first?.restored == 2 }
    #expect(exchanges.first?.decision.action == .redact)
    #expect(!(try harness.everythingRecorded()).contains("anchorDepth"))
  }

  @Test("a key that stands right beside it goes with it, to its last line")
  func besideAKey() async throws {
    let harness = try await harness()
    let lines = (0..<6).map { String(repeating: "\($0)abcdefghijklmno", count: 4) }
    let key = (["BEGIN LINES"] + lines + ["END LINES"]).joined(separator: "\n")
    let texts = ["Explain:\n\n\(Self.code)\n\(key)\n\nand be quick."]
    let answer = try await send(try body(texts), to: harness)
    #expect(answer.status == 200)
    let sent = try contents(try #require(harness.upstream.requests.first).body)[0]
    for line in key.split(separator: "\n") { #expect(!sent.contains(line), "\(line)") }
    #expect(sent.hasPrefix("Explain:\n\nREDACTED_own_code_") && sent.hasSuffix("\n\nand be quick."))
    #expect(try contents(answer.body) == texts)
  }

  @Test("a body that is sent compressed is taken apart and compressed again")
  func compressed() async throws {
    let harness = try await harness()
    var compressor = try Compressor(.gzip)
    var packed: [UInt8] = []
    let text = Array(try body(["Please explain:\n\n\(Self.code)\n\nand be quick."]).utf8)
    try text.withUnsafeBytes { try compressor.compress($0) { packed += $0 } }
    try compressor.finish { packed += $0 }
    let client = try await harness.client()
    client.send(
      "POST http://server.test/v1 HTTP/1.1\r\nHost: server.test\r\nContent-Type: application/json\r\n"
        + "Content-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n")
    client.send(ByteBuffer(bytes: packed))
    #expect(try await client.answer().status == 200)
    var decompressor = try Decompressor(.gzip)
    var sent: [UInt8] = []
    let received = try #require(harness.upstream.requests.first).body
    try received.withUnsafeBytes { try decompressor.decompress($0, maximumOutput: 1 << 20) { sent += $0 } }
    #expect(try contents(sent)[0].hasPrefix("Please explain:\n\nREDACTED_own_code_"))
    #expect(!String(decoding: sent, as: UTF8.self).contains("Depth"))
  }

  @Test("a conversation that goes on is sent the same beginning, to the byte")
  func sameBeginning() async throws {
    let harness = try await harness()
    var texts = ["Explain:\n\n" + Self.code]
    for more in ["It is " + Self.code.prefix(700), "no code", Self.other, Self.code + "\n" + Self.other, "the end"] {
      texts.append(String(more))
      #expect(try await send(try body(texts), to: harness).status == 200)
    }
    let sent = try harness.upstream.requests.map { try contents($0.body) }
    #expect(sent.count == 5)
    for (one, next) in zip(sent, sent.dropFirst()) { #expect(Array(next.dropLast()) == one) }
    #expect(!sent.joined().joined().contains("Depth["))
  }

  @Test("in a tool's arguments, which are JSON in a string of JSON, it is taken out and they stay JSON")
  func arguments() async throws {
    let harness = try await harness()
    let arguments = String(
      decoding: try CanonicalJSON.encode(["path": "a.swift", "text": .string(Self.code)]), as: UTF8.self)
    let answer = try await send(try body([arguments]), to: harness)
    let received = try #require(harness.upstream.requests.first)
    let sent = try #require(try contents(received.body).first)
    let inner = try JSONParser.parse(Array(sent.utf8))
    #expect(inner["path"]?.string == "a.swift" && inner["text"]?.string?.hasPrefix("REDACTED_own_code_") == true)
    #expect(inner["text"]?.string?.contains("Depth") == false)
    #expect(try contents(answer.body) == [arguments])
  }

  @Test("without a mapping it is cut out for good; under an encoding that cannot be cut it does not leave")
  func withoutRestoring() async throws {
    let harness = try await harness(redactions: false)
    let answer = try await send(try body(["Explain:\n\n" + Self.code]), to: harness)
    #expect(try contents(answer.body) == ["Explain:\n\n<redacted:own-code>"])
    let encoded = try body([Self.code.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()])
    #expect(try await send(encoded, to: harness).status == 403)
    #expect(harness.upstream.requests.count == 1)
  }
}
