internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Testing

@testable internal import Egress

/// Promise 2: every byte is looked at, in the encodings that it comes in and wherever it stands.
@Suite(.serialized, .timeLimit(.minutes(1))) struct EveryByteLookedAtTests {
  @Test(
    "a body that is one encoding from its first byte to its last holds nothing back",
    arguments: ["base64", "base64 without padding", "hex", "base32"])
  func wholeBody(encoding: String) async throws {
    let text = Array("# a file of settings\nKEY=\(plantedKey)\nPORT=80".utf8)
    let body =
      switch encoding {
      case "hex": text.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
      case "base32": Self.digits(text, of: 5, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
      default:
        Self.digits(text, of: 6, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
          + (encoding == "base64" ? String(repeating: "=", count: (3 - text.count % 3) % 3) : "")
      }
    let harness = try await DoorHarness()
    let client = try await harness.client()
    client.send(
      "POST http://server.test/up HTTP/1.1\r\nHost: server.test\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    #expect(try await client.answer().status == 403)
    #expect(harness.upstream.memory.now.connections == 0)
  }

  @Test("a compressed body that ends too early is opaque, and does not leave")
  func cutBody() async throws {
    // The head of gzip, and half of a block.
    let body = "\u{1f}\u{8b}".unicodeScalars.map { UInt8($0.value) } + [8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0x4c]
    let harness = try await DoorHarness()
    let client = try await harness.client()
    client.send(
      "POST http://server.test/up HTTP/1.1\r\nHost: server.test\r\nContent-Encoding: gzip\r\n"
        + "Content-Length: \(body.count)\r\n\r\n")
    client.send(ByteBuffer(bytes: body))
    #expect(try await client.answer().status == 403)
    #expect(harness.upstream.memory.now.connections == 0)
  }

  @Test("a secret for a field's name stops the request, and is in no record")
  func names() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    client.send("GET http://server.test/ HTTP/1.1\r\nHost: server.test\r\n\(plantedKey): 1\r\n\r\n")
    #expect(try await client.answer().status == 403)
    #expect(harness.upstream.memory.now.connections == 0)
    let exchange = try #require(harness.journal.exchanges.first)
    #expect(exchange.requestBytes == exchange.inspectedBytes)
    #expect(exchange.findings.map(\.place) == [.header(":name")])
    #expect(try !harness.everythingRecorded().contains(plantedKey))
  }

  /// RFC 4648, unpadded, bit by bit.
  private static func digits(_ text: [UInt8], of width: Int, _ alphabet: String) -> String {
    let alphabet = Array(alphabet)
    let bits = text.flatMap { byte in (0..<8).map { Int(byte >> (7 - $0) & 1) } }
    return String(
      stride(from: 0, to: bits.count, by: width).map { start in
        alphabet[(start..<start + width).reduce(0) { $0 << 1 | ($1 < bits.count ? bits[$1] : 0) }]
      })
  }
}
