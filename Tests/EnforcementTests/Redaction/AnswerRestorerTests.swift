internal import Compression
internal import Crypto
internal import Evidence
internal import Inspection
internal import NIOCore
internal import Testing

@testable internal import Enforcement
@testable internal import Wire

/// Values in one answer, whatever form it has.
@Suite struct AnswerRestorerTests {
  private static let placeholder = "REDACTED_test_key_abcdefghij"
  private static let value = "the \"value\"\n"
  private static let placeholders = PlaceholderSet([(Array(placeholder.utf8), Array(value.utf8))])

  private func head(_ type: String, coding: String? = nil) -> ResponseHead {
    var head = ResponseHead(status: 200)
    head.fields = [HTTPField(name: "content-type", value: type), HTTPField(name: "content-length", value: "17")]
    if let coding { head.fields.append(HTTPField(name: "content-encoding", value: coding)) }
    return head
  }

  private func compressed(_ text: [UInt8], _ coding: ContentCoding) throws -> [UInt8] {
    var compressor = try Compressor(coding)
    var out: [UInt8] = []
    try text.withUnsafeBytes { try compressor.compress($0) { out += $0 } }
    try compressor.finish { out += $0 }
    return out
  }

  private func restored(_ bytes: [UInt8], _ head: ResponseHead, pieces: Int) throws -> String? {
    let restorer = try #require(AnswerRestorer(head, Self.placeholders))
    var out = ByteBuffer()
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      guard let part = restorer.take(ByteBuffer(bytes: bytes[start..<min(bytes.count, start + pieces)])) else {
        return nil
      }
      out.writeImmutableBuffer(part)
    }
    guard let rest = restorer.finish() else { return nil }
    out.writeImmutableBuffer(rest)
    return String(buffer: out)
  }

  /// Bodies of each form with a placeholder, and as the client gets them.
  private static let forms = [
    ("application/json", #"{"a":"x \#(placeholder) y"}"#, #"{"a":"x the \"value\"\n y"}"#),
    ("application/problem+json; charset=utf-8", #"["\#(placeholder)"]"#, #"["the \"value\"\n"]"#),
    ("text/plain", "x \(placeholder) y R", "x \(value) y R"),
    (
      "text/event-stream", "event: a\ndata: {\"a\":\"\(placeholder)\"}\nid: 1\n\n: ping\n\ndata: [DONE]\n\n",
      "event: a\ndata: {\"a\":\"the \\\"value\\\"\\n\"}\nid: 1\n\n: ping\n\ndata: [DONE]\n\n"
    ),
    (
      "application/x-ndjson", "{\"a\":\"\(placeholder)\"}\nno JSON\n{}", "{\"a\":\"the \\\"value\\\"\\n\"}\nno JSON\n{}"
    ),
  ]

  @Test("every form, in pieces of every length", arguments: forms)
  func everyForm(_ type: String, _ body: String, _ expected: String) throws {
    for length in 1...body.utf8.count {
      #expect(try restored(Array(body.utf8), head(type), pieces: length) == expected, "pieces of \(length)")
    }
  }

  @Test("under every content coding, which is taken off", arguments: [ContentCoding.gzip, .deflate, .br, .zstd])
  func codings(_ coding: ContentCoding) throws {
    let (type, body, expected) = Self.forms[3]
    let bytes = try compressed(Array(body.utf8), coding)
    let coded = head(type, coding: coding.rawValue)
    for length in [1, 3, bytes.count] { #expect(try restored(bytes, coded, pieces: length) == expected) }
    let restorer = try #require(AnswerRestorer(coded, Self.placeholders))
    #expect(!restorer.head.fields.contains(named: "content-encoding"))
    #expect(!restorer.head.fields.contains(named: "content-length"))
    #expect(try restored(Array(bytes.dropLast(4)), coded, pieces: 7) == nil, "cut off")
  }

  @Test("what has no text, or cannot be read, goes on as it is")
  func others() {
    for type in ["image/png", "application/octet-stream", "application/grpc", ""] {
      #expect(AnswerRestorer(head(type), Self.placeholders) == nil)
    }
    #expect(AnswerRestorer(head("text/plain", coding: "compress"), Self.placeholders) == nil)
    #expect(AnswerRestorer(head("text/plain", coding: "gzip, br"), Self.placeholders) == nil)
    var partial = head("text/plain")
    partial.status = 206
    #expect(AnswerRestorer(partial, Self.placeholders) == nil)
    #expect(AnswerRestorer(head("text/plain"), PlaceholderSet([])) == nil)
  }

  @Test("an event without an end is not kept forever, and nothing of it is lost")
  func endless() throws {
    let restorer = try #require(AnswerRestorer(head("text/event-stream"), Self.placeholders))
    let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 1 << 20)
    var count = 0
    for _ in 0..<10 { count += restorer.take(piece)?.readableBytes ?? 0 }
    #expect(count == 10 << 20)
    #expect(restorer.finish()?.readableBytes == 0)
  }
}
