internal import Crypto
internal import Enforcement
internal import Evidence
internal import Inspection
internal import NIOCore
internal import Testing

@testable internal import Egress
@testable internal import Wire

/// What a server says over a WebSocket, with what it was not sent put back.
@Suite struct RestoredMessagesTests {
  private static let destination = Destination(host: "server.test", port: 443)
  private static let placeholder = "REDACTED_test_key_abcdefghij"

  private func restorer() -> MessageRestorer {
    let entry = RedactionMapping.Entry(
      destination: Self.destination, kind: RedactedKind(detector: "test-key", dataClass: .credential, grade: .block),
      placeholder: Array(Self.placeholder.utf8),
      value: Secret(Array(plantedKey.utf8)))
    return MessageRestorer(
      RedactionMapping(key: SymmetricKey(size: .bits256), entries: [entry]), from: Self.destination)
  }

  private func event(_ piece: String) throws -> ByteBuffer {
    ByteBuffer(
      bytes: try CanonicalJSON.encode([
        "type": "response.output_text.delta", "item_id": "m", "output_index": 0, "delta": .string(piece),
      ]))
  }

  private func frame(_ payload: ByteBuffer, _ deflate: PerMessageDeflate?) -> ByteBuffer {
    let small = deflate.flatMap { MessageDeflater.deflate(payload, windowBits: $0.windowBits(of: .server)) }
    return WebSocketFrame.encode(.text, small ?? payload, isCompressed: small != nil, maskingKey: nil)
  }

  private func texts(of wire: ByteBuffer, _ deflate: PerMessageDeflate?) throws -> [String] {
    let inflater = try deflate.map { _ in try MessageInflater(keepsContext: true, windowBits: 15) }
    var reader = WebSocketReader(from: .server, inflater: inflater)
    reader.append(wire)
    var texts: [String] = []
    while let event = try reader.next() {
      if case .message(let message) = event { texts.append(String(buffer: message.payload)) }
    }
    return texts
  }

  @Test("a text in messages of one letter comes back whole, however the bytes come", arguments: [false, true])
  func letters(isCompressed: Bool) throws {
    let deflate = isCompressed ? PerMessageDeflate() : nil
    var wire = ByteBuffer()
    for letter in "use \(Self.placeholder), R" { wire.writeImmutableBuffer(frame(try event(String(letter)), deflate)) }
    wire.writeImmutableBuffer(frame(ByteBuffer(string: #"{"type":"response.completed"}"#), deflate))
    for length in [1, 2, 7, 100, wire.readableBytes] {
      var restored = try RestoredMessages(restorer(), deflate, limits: WireLimits())
      var rest = wire
      var out = ByteBuffer()
      while let piece = rest.readSlice(length: min(length, rest.readableBytes)), piece.readableBytes > 0 {
        out.writeImmutableBuffer(try restored.take(piece))
      }
      let text = try texts(of: out, deflate).map { try JSONParser.parse(Array($0.utf8))["delta"]?.string ?? "" }
      #expect(text.joined() == "use \(plantedKey), R")
      #expect(restored.count == 1)
    }
  }

  @Test("messages without a placeholder go on as they came, to the byte")
  func untouched() throws {
    var wire = ByteBuffer()
    for letter in "Really nothing, RED" { wire.writeImmutableBuffer(frame(try event(String(letter)), nil)) }
    wire.writeImmutableBuffer(WebSocketFrame.close(1000, reason: "over", maskingKey: nil))
    var restored = try RestoredMessages(restorer(), nil, limits: WireLimits())
    #expect(try restored.take(wire) == wire)
  }

  @Test("what waits when the server ends without a word goes on as it came")
  func ended() throws {
    let message = frame(try event("a RED"), nil)
    var restored = try RestoredMessages(restorer(), nil, limits: WireLimits())
    #expect(try restored.take(message).readableBytes == 0)
    #expect(restored.finish() == message)
  }
}
