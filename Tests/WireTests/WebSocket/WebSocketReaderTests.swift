import NIOCore
import Testing
import Wire

@Suite struct WebSocketReaderTests {
  @Test("the frames of RFC 6455 §5.7 are read as it says")
  func examples() {
    #expect(WebSocketTranscript([bytes("0x81 0x05 0x48 0x65 0x6c 0x6c 0x6f")]).texts == ["Hello"])
    let masked = bytes("0x81 0x85 0x37 0xfa 0x21 0x3d 0x7f 0x9f 0x4d 0x51 0x58")
    #expect(WebSocketTranscript([masked], from: .client).texts == ["Hello"])
    let fragmented = bytes("0x01 0x03 0x48 0x65 0x6c 0x80 0x02 0x6c 0x6f")
    #expect(WebSocketTranscript([fragmented]).texts == ["Hello"])
    #expect(WebSocketTranscript([fragmented]).messages[0].wire == ByteBuffer(bytes: fragmented))
    let ping = WebSocketTranscript([bytes("0x89 0x05 0x48 0x65 0x6c 0x6c 0x6f")])
    guard case .ping(let frame)? = ping.events.first else { return #expect(Bool(false), "no ping") }
    #expect(String(buffer: frame.payload) == "Hello")
    let long = bytes("0x82 0x7e 0x01 0x00") + [UInt8](repeating: 7, count: 256)
    #expect(WebSocketTranscript([long]).messages[0].payload.readableBytes == 256)
    let longer = bytes("0x82 0x7f 0 0 0 0 0 1 0 0") + [UInt8](repeating: 7, count: 65536)
    #expect(WebSocketTranscript([longer]).messages[0].payload.readableBytes == 65536)
  }

  @Test("a control frame between fragments comes first, and is no part of the message's bytes")
  func interleaved() {
    let transcript = WebSocketTranscript([bytes("01 01 61 89 01 70 80 01 62")])
    #expect(transcript.events.count == 2)
    #expect(transcript.texts == ["ab"])
    #expect(transcript.messages[0].wire == ByteBuffer(bytes: bytes("01 01 61 80 01 62")))
  }

  @Test("a close frame gives code and reason, and ends the stream")
  func close() {
    let transcript = WebSocketTranscript([bytes("88 05 03 f0 6e 6f 21 81 01 61")])
    guard case .close(let code, let reason, _)? = transcript.events.first else {
      return #expect(Bool(false), "no close")
    }
    #expect(code == 1008)
    #expect(reason == "no!")
    #expect(transcript.error == .dataAfterClose)
    guard case .close(nil, "", _)? = WebSocketTranscript([bytes("88 00")]).events.first else {
      return #expect(Bool(false), "no empty close")
    }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let hexadecimal: String
    var sender = WebSocketSender.server
    let code: WebSocketError.Code
  }

  static let broken: [Case] = [
    Case(testDescription: "client without mask", hexadecimal: "81 01 61", sender: .client, code: .maskMissing),
    Case(testDescription: "server with mask", hexadecimal: "81 81 00 00 00 00 61", code: .maskForbidden),
    Case(testDescription: "RSV1 without extension", hexadecimal: "c1 01 61", code: .reservedBits),
    Case(testDescription: "RSV2", hexadecimal: "a1 01 61", code: .reservedBits),
    Case(testDescription: "RSV3", hexadecimal: "91 01 61", code: .reservedBits),
    Case(testDescription: "opcode 3", hexadecimal: "83 00", code: .opcode),
    Case(testDescription: "opcode 11", hexadecimal: "8b 00", code: .opcode),
    Case(testDescription: "fragmented ping", hexadecimal: "09 00", code: .controlFrame),
    Case(testDescription: "long ping", hexadecimal: "89 7e 00 7e", code: .controlFrame),
    Case(testDescription: "continuation of nothing", hexadecimal: "80 01 61", code: .continuation),
    Case(testDescription: "message within a message", hexadecimal: "01 01 61 81 01 62", code: .continuation),
    Case(testDescription: "16-bit length of 125", hexadecimal: "82 7e 00 7d", code: .lengthEncoding),
    Case(testDescription: "64-bit length of 65535", hexadecimal: "82 7f 0 0 0 0 0 0 ff ff", code: .lengthEncoding),
    Case(testDescription: "negative length", hexadecimal: "82 7f ff ff ff ff ff ff ff ff", code: .lengthEncoding),
    Case(
      testDescription: "length beyond the limit", hexadecimal: "82 7f 7f ff ff ff ff ff ff ff", code: .frameTooLarge),
    Case(testDescription: "close with one byte", hexadecimal: "88 01 03", code: .closeFrame),
    Case(testDescription: "close with code 1005", hexadecimal: "88 02 03 ed", code: .closeFrame),
    Case(testDescription: "close with code 999", hexadecimal: "88 02 03 e7", code: .closeFrame),
    Case(testDescription: "close with a reason that is not UTF-8", hexadecimal: "88 03 03 e8 ff", code: .closeFrame),
    Case(testDescription: "text that is not UTF-8", hexadecimal: "81 01 ff", code: .notText),
    Case(testDescription: "text with a surrogate", hexadecimal: "81 03 ed a0 80", code: .notText),
  ]

  @Test("a broken frame is refused, however its bytes are cut", arguments: broken)
  func isRefused(_ frame: Case) {
    for pieces in splits(of: bytes(frame.hexadecimal), random: 3, seed: 4) {
      #expect(WebSocketTranscript(pieces, from: frame.sender).error == frame.code)
    }
  }

  @Test("a character split over two fragments is whole in the message")
  func splitCharacter() {
    #expect(WebSocketTranscript([bytes("01 01 c3 80 01 a4")]).texts == ["ä"])
  }

  @Test("frames, messages and fragments have limits, met exactly and exceeded by one")
  func limits() {
    var limits = WireLimits()
    limits.webSocketFrameBytes = 4
    limits.webSocketMessageBytes = 6
    limits.webSocketFragments = 3
    func error(_ hexadecimal: String) -> WebSocketError.Code? {
      WebSocketTranscript([bytes(hexadecimal)], limits: limits).error
    }
    #expect(error("82 04 1 2 3 4") == nil)
    #expect(error("82 05 1 2 3 4 5") == .frameTooLarge)
    #expect(error("02 04 1 2 3 4 80 02 5 6") == nil)
    #expect(error("02 04 1 2 3 4 80 03 5 6 7") == .messageTooLarge)
    #expect(error("02 00 00 00 80 00") == nil)
    #expect(error("02 00 00 00 00 00 80 00") == .tooManyFragments)
    #expect(WebSocketError(.messageTooLarge).closeCode == 1009)
    #expect(WebSocketError(.messageTooLarge).remedy.contains("limits.websocket-message"))
  }

  @Test("what we write is read back, at every size where the length changes its form, in both directions")
  func roundTrip() {
    for sender in [WebSocketSender.client, .server] {
      for count in [0, 1, 7, 8, 9, 125, 126, 127, 65535, 65536, 70001] {
        let payload = ByteBuffer(bytes: (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let frame = WebSocketFrame.encode(.binary, payload, maskingKey: sender == .client ? 0x37fa_213d : nil)
        let transcript = WebSocketTranscript([Array(frame.readableBytesView)], from: sender)
        #expect(transcript.messages.first?.payload == payload)
        #expect(transcript.messages.first?.wire == frame)
      }
    }
  }

  @Test("a close frame's reason is cut between two characters")
  func closeReason() {
    let frame = WebSocketFrame.close(1008, reason: String(repeating: "ä", count: 100), maskingKey: nil)
    let transcript = WebSocketTranscript([Array(frame.readableBytesView)])
    guard case .close(let code, let reason, _)? = transcript.events.first else {
      return #expect(Bool(false), "no close")
    }
    #expect(code == 1008)
    #expect(reason == String(repeating: "ä", count: 61))
  }

  @Test("events are the same however the bytes are cut, and mutated bytes never crash")
  func splitsAndMutations() {
    let session =
      bytes("81 02 68 69 01 01 61 89 01 70 00 00 80 01 62 82 7e 00 80") + [UInt8](repeating: 9, count: 128)
      + bytes("8a 00 88 02 03 e8")
    let whole = WebSocketTranscript([session])
    #expect(whole.error == nil)
    #expect(whole.events.count == 6)
    for pieces in splits(of: session, random: 50, seed: 8) { #expect(WebSocketTranscript(pieces) == whole) }
    var generator = SeededGenerator(seed: 77)
    for _ in 0..<2000 {
      var mutated = session
      for _ in 0..<3 {
        mutated[Int.random(in: 0..<mutated.count, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      #expect(WebSocketTranscript(mutated.map { [$0] }) == WebSocketTranscript([mutated]))
    }
  }
}
