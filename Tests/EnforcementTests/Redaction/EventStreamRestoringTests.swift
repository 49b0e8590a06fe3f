internal import Evidence
internal import Inspection
internal import Ledger
internal import NIOCore
internal import Testing

@testable internal import Enforcement
@testable internal import Wire

/// Values in what Bedrock answers.
@Suite struct EventStreamRestoringTests {
  private static let placeholder = "REDACTED_test_key_abcdefghij"
  private static let value = "the \"value\"\n"
  private static let placeholders = PlaceholderSet([(Array(placeholder.utf8), Array(value.utf8))])
  private static let head: ResponseHead = {
    var head = ResponseHead(status: 200)
    head.fields = [HTTPField(name: "Content-Type", value: "application/vnd.amazon.eventstream")]
    return head
  }()

  private func message(_ payload: String) -> EventStreamMessage {
    EventStreamMessage(headers: Array("\u{b}:event-type\u{7}\0\u{5}chunk".utf8), payload: Array(payload.utf8))
  }

  /// As `InvokeModelWithResponseStream` has it, around an event of Anthropic's.
  private func wrapped(_ event: String) -> String {
    let encoded = Base64.encode(Array(event.utf8))
    return #"{"bytes":"\#(encoded)","p":"abcdefgh"}"#
  }

  private func restored(_ messages: [EventStreamMessage], pieces: Int) throws -> [EventStreamMessage] {
    let restorer = try #require(AnswerRestorer(Self.head, Self.placeholders))
    let bytes = messages.flatMap(\.encoded)
    var out = ByteBuffer()
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      let piece = ByteBuffer(bytes: bytes[start..<min(bytes.count, start + pieces)])
      out.writeImmutableBuffer(try #require(restorer.take(piece)))
    }
    out.writeImmutableBuffer(try #require(restorer.finish()))
    var reader = EventStreamReader(maximumBytes: 1 << 20)
    reader.append(out)
    var read: [EventStreamMessage] = []
    while let message = try reader.next() { read.append(message) }
    #expect(reader.rest.readableBytes == 0)
    return read
  }

  private func text(_ messages: [EventStreamMessage], _ path: [String]) throws -> String {
    try messages.map { message in
      let json = try JSONParser.parse(EventStreamPayload(message.payload).text)
      return path.reduce(Optional(json)) { $0?[$1] }?.string ?? ""
    }.joined()
  }

  @Test("a value that comes in pieces is put back into the model's events", arguments: [1, 7, 50, 10_000])
  func invoke(_ pieces: Int) throws {
    let parts = ["the key is ", "REDA", "CTED_test_key_abcde", "fghij", ", and that is all"]
    let messages = parts.map { part in
      message(
        wrapped(#"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\#(part)"}}"#))
    }
    let restored = try restored(messages, pieces: pieces)
    #expect(try text(restored, ["delta", "text"]) == "the key is \(Self.value), and that is all")
    #expect(restored.count == messages.count)
    #expect(restored.first == messages.first && restored.last == messages.last)
    #expect(restored.allSatisfy { $0.headers == messages[0].headers && $0.payload.ends(#""p":"abcdefgh"}"#) })
  }

  @Test("and into those of Converse, in prose and in a tool's input")
  func converse() throws {
    for (path, member) in [(["delta", "text"], "text"), (["delta", "toolUse", "input"], "toolUse")] {
      let messages = ["{\\\"key\\\":\\\"REDACTED_te", "st_key_abcdefghij\\\"}"].map { part in
        let piece = member == "text" ? #""text":"\#(part)""# : #""toolUse":{"input":"\#(part)"}"#
        return message(#"{"contentBlockIndex":1,"delta":{\#(piece)},"p":"abc"}"#)
      }
      let text = try text(restored(messages, pieces: 11), path)
      #expect(try JSONParser.parse(Array(text.utf8))["key"]?.string == Self.value)
    }
  }

  @Test("signed thinking stays as it is")
  func thinking() throws {
    let messages = [message(#"{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"\#(Self.placeholder)"}}}"#)]
    #expect(try restored(messages, pieces: 100) == messages)
  }

  @Test("what has nothing to put back goes on as it came, and at once")
  func nothing() throws {
    let restorer = try #require(AnswerRestorer(Self.head, Self.placeholders))
    for payload in ["", "no JSON", "{}", wrapped("{}"), #"{"bytes":7}"#, #"{"bytes":"?"}"#] {
      let bytes = message(payload).encoded
      #expect(restorer.take(ByteBuffer(bytes: bytes)) == ByteBuffer(bytes: bytes), "\(payload)")
    }
  }

  @Test("what is no event stream goes on as it came, with all that waited before it")
  func broken() throws {
    let restorer = try #require(AnswerRestorer(Self.head, Self.placeholders))
    let waiting = message(wrapped(#"{"delta":{"text":"REDACTED_te"}}"#)).encoded
    let rest = [UInt8](repeating: 0x7f, count: 100)
    #expect(restorer.take(ByteBuffer(bytes: waiting))?.readableBytes == 0)
    #expect(restorer.take(ByteBuffer(bytes: rest)) == ByteBuffer(bytes: waiting + rest))
    #expect(restorer.take(ByteBuffer(bytes: rest)) == ByteBuffer(bytes: rest))
    #expect(restorer.finish()?.readableBytes == 0)
  }
}

extension [UInt8] {
  fileprivate func ends(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
