import NIOCore
import Testing
import Wire

extension WebSocketMessage {
  static func example(payload: ByteBuffer, isCompressed: Bool) -> WebSocketMessage {
    WebSocketMessage(
      isText: true, isCompressed: isCompressed, payload: payload, content: payload, wire: ByteBuffer(string: "wire"))
  }
}

@Suite struct WebSocketWriterTests {
  /// "Hello", then "Hello" again by reference to the first.
  private static let conversation = bytes("c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00")

  private func messages(keepsContext: Bool = true) throws -> [WebSocketMessage] {
    let inflater = try MessageInflater(keepsContext: keepsContext, windowBits: 15)
    return WebSocketTranscript([Self.conversation], inflater: inflater).messages
  }

  /// What a receiver with its own inflater sees.
  private func received(_ frames: [ByteBuffer], from sender: WebSocketSender) throws -> WebSocketTranscript {
    let inflater = try MessageInflater(keepsContext: true, windowBits: 15)
    return WebSocketTranscript(frames.map { Array($0.readableBytesView) }, from: sender, inflater: inflater)
  }

  @Test("what a client says in masks, in fragments and in pings that hold nothing does not go on")
  func framedAnew() throws {
    // "Hel", an empty ping, "", "lo", each with a mask of the client's choice.
    let sent = bytes("01 83 de ad be ef 96 c8 d2 89 80 ca fe ba be 00 80 01 02 03 04 80 82 05 06 07 08 69 69")
    let transcript = WebSocketTranscript([sent], from: .client)
    let writer = WebSocketWriter(from: .client, deflate: nil, maskingKey: { 0 })
    let message = try #require(transcript.messages.first)
    #expect(writer.bytes(of: message) == ByteBuffer(bytes: bytes("81 85 00 00 00 00 48 65 6c 6c 6f")))
    let ping = try #require(transcript.pings.first)
    #expect(writer.bytes(of: ping) == ByteBuffer(bytes: bytes("89 80 00 00 00 00")))
  }

  @Test("a server's messages that nobody changed go on as they came")
  func verbatim() throws {
    let writer = WebSocketWriter(from: .server, deflate: try agreed("permessage-deflate"))
    let frames = try messages().map { writer.bytes(of: $0) }
    #expect(frames.flatMap { Array($0.readableBytesView) } == Self.conversation)
  }

  @Test("after a changed message the receiver still understands those that refer back to it")
  func changed() throws {
    var writer = WebSocketWriter(from: .server, deflate: try agreed("permessage-deflate"))
    let messages = try messages()
    let first = writer.bytes(replacing: messages[0], with: ByteBuffer(string: "Redacted"))
    let hasDiverged = writer.hasDiverged
    #expect(hasDiverged)
    #expect(try received([first, writer.bytes(of: messages[1])], from: .server).texts == ["Redacted", "Hello"])
  }

  @Test("after a dropped message the receiver still understands those that refer back to it")
  func dropped() throws {
    var writer = WebSocketWriter(from: .server, deflate: try agreed("permessage-deflate"))
    let messages = try messages()
    writer.drop(messages[0])
    #expect(try received([writer.bytes(of: messages[1])], from: .server).texts == ["Hello"])
  }

  @Test("without context takeover a change stays with its message")
  func noContext() throws {
    let deflate = try agreed("permessage-deflate; server_no_context_takeover")
    var writer = WebSocketWriter(from: .server, deflate: deflate)
    let messages = try messages()
    writer.drop(messages[0])
    #expect(writer.bytes(of: messages[1]) == messages[1].wire)
  }

  @Test("a client's changed message is masked, each with another key")
  func masked() throws {
    var writer = WebSocketWriter(from: .client, deflate: nil)
    let message = WebSocketMessage.example(payload: ByteBuffer(string: "secret"), isCompressed: false)
    let frames = (0..<8).map { _ in writer.bytes(replacing: message, with: ByteBuffer(string: "Redacted")) }
    #expect(Set(frames.map { Array($0.readableBytesView) }).count > 1)
    let hasDiverged = writer.hasDiverged
    #expect(!hasDiverged)
    #expect(try received(frames, from: .client).texts == Array(repeating: "Redacted", count: 8))
  }

  @Test("a long changed message is compressed within the agreed window", arguments: [9, 12, 15])
  func compressed(windowBits: Int) throws {
    let deflate = try agreed("permessage-deflate; client_max_window_bits=\(windowBits)")
    var writer = WebSocketWriter(from: .client, deflate: deflate)
    let text = (0..<3000).map { "line \($0 % 1000)\n" }.joined()
    let message = WebSocketMessage.example(payload: ByteBuffer(), isCompressed: true)
    let frame = writer.bytes(replacing: message, with: ByteBuffer(string: text))
    #expect(frame.readableBytes < text.utf8.count / 2)
    let inflater = try MessageInflater(keepsContext: false, windowBits: windowBits)
    let transcript = WebSocketTranscript([Array(frame.readableBytesView)], from: .client, inflater: inflater)
    #expect(transcript.texts == [text])
  }

  @Test("a window of 8 bits, which zlib cannot keep to, leaves a changed message uncompressed")
  func smallestWindow() throws {
    let deflate = try agreed("permessage-deflate; client_max_window_bits=8")
    var writer = WebSocketWriter(from: .client, deflate: deflate)
    let message = WebSocketMessage.example(payload: ByteBuffer(), isCompressed: true)
    let frame = writer.bytes(replacing: message, with: ByteBuffer(repeating: 65, count: 1000))
    #expect(try received([frame], from: .client).messages.map(\.isCompressed) == [false])
  }
}
