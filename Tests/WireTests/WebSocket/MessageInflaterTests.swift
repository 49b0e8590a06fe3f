import NIOCore
import Testing
import Wire

@Suite struct MessageInflaterTests {
  private func inflate(
    _ payloads: [String], keepsContext: Bool = true, limit: Int = 1 << 20
  ) throws(WebSocketError) -> [String] {
    let inflater = try MessageInflater(keepsContext: keepsContext, windowBits: 15)
    var texts: [String] = []
    for payload in payloads {
      texts.append(String(buffer: try inflater.inflate(ByteBuffer(bytes: bytes(payload)), limit: limit)))
    }
    return texts
  }

  @Test("the messages of RFC 7692 §7.2.3 inflate as it says")
  func examples() throws {
    #expect(try inflate(["f2 48 cd c9 c9 07 00"]) == ["Hello"])
    // Sharing the window, stored, marked as last, in two blocks.
    #expect(try inflate(["f2 48 cd c9 c9 07 00", "f2 00 11 00 00"]) == ["Hello", "Hello"])
    #expect(try inflate(["00 05 00 fa ff 48 65 6c 6c 6f 00"]) == ["Hello"])
    #expect(try inflate(["f3 48 cd c9 c9 07 00 00"]) == ["Hello"])
    #expect(try inflate(["f2 48 05 00 00 00 ff ff ca c9 c9 07 00"]) == ["Hello"])
    #expect(try inflate(["00"]) == [""])
  }

  @Test("the compressed frames of RFC 7692 §7.2.3.1 become one message, whole or in fragments")
  func frames() throws {
    for frames in ["c1 07 f2 48 cd c9 c9 07 00", "41 03 f2 48 cd 80 04 c9 c9 07 00"] {
      let inflater = try MessageInflater(keepsContext: true, windowBits: 15)
      let transcript = WebSocketTranscript([bytes(frames)], inflater: inflater)
      #expect(transcript.texts == ["Hello"])
      #expect(transcript.messages[0].isCompressed)
      #expect(transcript.messages[0].wire == ByteBuffer(bytes: bytes(frames)))
    }
  }

  @Test("without context takeover a message cannot refer to the one before it")
  func noContext() {
    #expect(throws: WebSocketError(.compression)) {
      try inflate(["f2 48 cd c9 c9 07 00", "f2 00 11 00 00"], keepsContext: false)
    }
  }

  @Test(
    "what is no whole deflate data is refused",
    arguments: ["", "f2 48", "ff ff ff", "f2 48 cd c9 c9 07", "06", "00 05 00 fa ff 48 65"])
  func broken(payload: String) {
    #expect(throws: WebSocketError(.compression)) { try inflate([payload]) }
  }

  @Test("a message of many blocks marked as last is refused")
  func lastBlocks() {
    let blocks = Array(repeating: "03 00", count: 17).joined(separator: " ")
    #expect(throws: WebSocketError(.compression)) { try inflate([blocks + " 00"]) }
  }

  @Test("a bomb is stopped at the limit")
  func bomb() throws {
    var writer = WebSocketWriter(from: .server, deflate: try agreed("permessage-deflate"))
    let zeros = ByteBuffer(repeating: 0, count: 1 << 20)
    let old = WebSocketMessage.example(payload: ByteBuffer(), isCompressed: true)
    let frame = writer.bytes(replacing: old, with: zeros)
    #expect(frame.readableBytes < 8192)
    var limits = WireLimits()
    for (limit, error) in [(1 << 20, nil), ((1 << 20) - 1, .messageTooLarge)] as [(Int, WebSocketError.Code?)] {
      limits.webSocketMessageBytes = limit
      let inflater = try MessageInflater(keepsContext: true, windowBits: 15)
      let transcript = WebSocketTranscript([Array(frame.readableBytesView)], inflater: inflater, limits: limits)
      #expect(transcript.error == error)
    }
  }

  @Test("random bytes never crash")
  func randomBytes() throws {
    var generator = SeededGenerator(seed: 31)
    let inflater = try MessageInflater(keepsContext: true, windowBits: 15)
    for _ in 0..<3000 {
      let noise = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      _ = try? inflater.inflate(ByteBuffer(bytes: noise), limit: 10_000)
    }
  }
}

func agreed(_ answer: String, offer: String = "permessage-deflate; client_max_window_bits") throws -> PerMessageDeflate
{
  let deflate = try PerMessageDeflate.agreed(
    request: [HTTPField(name: "Sec-WebSocket-Extensions", value: offer)],
    response: [HTTPField(name: "sec-websocket-extensions", value: answer)])
  guard let deflate else { throw Missing() }
  return deflate
}
