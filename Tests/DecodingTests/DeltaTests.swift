internal import Decoding
internal import Testing

/// Texts that came in pieces, one to an event.
@Suite struct DeltaTests {
  private static let pieces = ["sally_01", "23456789ab", "cdefghij\\u004bLM", "NOPqrst"]
  private static let joined = "sally_0123456789abcdefghij\\u004bLMNOPqrst"

  private func readings(_ text: String) -> [ViewCollector.Reading] {
    decode(Array(text.utf8)).collector.readings.values.filter { $0.layers == ["deltas"] }
  }

  @Test(
    "the pieces of a stream are one text, whoever sent it",
    arguments: [
      #"data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"@"}}"#,
      #"data: {"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"@"}}]},"finish_reason":null}]}"#,
      #"event: x"# + "\n" + #"data: {"type":"response.output_text.delta","delta": "@","obfuscation":"aZ"}"# + "\n",
      #"{"model":"m","message":{"role":"assistant","content":"@"},"done":false}"#,
      #"data: {"delta" : { "text"  :   "@" }}"#, "{\"message\":{\"content\"\t:\t\"@\"}}",
      #"data: {"candidates":[{"content":{"parts":[{"text":"@"}],"role":"model"}}]}"# + "\r",
    ])
  func streams(_ event: String) {
    let text = "before\n" + Self.pieces.map { event.replacing("@", with: $0) }.joined(separator: "\n") + "\nafter"
    #expect(readings(text).map(\.text) == [Self.joined])
  }

  @Test("the place of a text in pieces is all from its first piece to its last")
  func places() throws {
    let text = Self.pieces.map { "data: {\"delta\":{\"text\":\"\($0)\"}}\n\n" }.joined()
    let reading = try #require(readings(text).first)
    let bytes = Array(text.utf8)
    for (byte, span) in zip(reading.bytes, reading.spans) { #expect(Array(bytes[span]) == [byte]) }
  }

  @Test(
    "members of one object, of objects on one line and of objects laid out for people are texts of their own",
    arguments: [
      #"{"messages":[{"content":"one"},{"content":"two"}]}"#,
      "{\n  \"text\": \"one\",\n  \"a\": {\n    \"text\": \"two\"\n  }\n}",
      "{\"content\":\"one\"}\n" + String(repeating: "far ", count: 2000) + "\n{\"content\":\"two\"}",
      "{\"content\":\"\(String(repeating: "long ", count: 200))\"}\n{\"content\":\"two\"}",
    ])
  func others(_ text: String) { #expect(readings(text).isEmpty) }

  @Test("two streams with something between them are two texts")
  func apart() {
    let stream = Self.pieces.map { "{\"response\":\"\($0)\"}\n" }.joined()
    let text = stream + String(repeating: "far ", count: 2000) + "\n" + stream
    #expect(readings(text).map(\.text) == [Self.joined + "\u{1e}" + Self.joined])
  }
}
