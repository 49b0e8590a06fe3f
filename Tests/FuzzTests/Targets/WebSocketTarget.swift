internal import NIOCore

@testable internal import Wire

/// Frames and messages of either side, plain or compressed; the first byte chooses.
enum WebSocketTarget {
  private static let limits: WireLimits = {
    var limits = WireLimits()
    limits.webSocketFrameBytes = 64 << 10
    limits.webSocketMessageBytes = 256 << 10
    limits.webSocketFragments = 64
    return limits
  }()

  struct Reading: Equatable {
    var events: [WebSocketEvent] = []
    var error: WebSocketError.Code?

    init(_ pieces: [[UInt8]], from sender: WebSocketSender, _ deflate: PerMessageDeflate?) throws {
      let inflater = try deflate.map {
        try MessageInflater(keepsContext: $0.keepsContext(of: sender), windowBits: $0.windowBits(of: sender))
      }
      var reader = WebSocketReader(from: sender, inflater: inflater, limits: limits)
      do throws(WebSocketError) {
        for piece in pieces {
          reader.append(ByteBuffer(bytes: piece))
          while let event = try reader.next() { events.append(event) }
        }
      } catch {
        self.error = error.code
      }
    }

    var wire: [UInt8] {
      events.flatMap { event -> [UInt8] in
        switch event {
        case .message(let message): Array(message.wire.readableBytesView)
        case .ping(let frame), .pong(let frame), .close(_, _, let frame): Array(frame.wire.readableBytesView)
        }
      }
    }
  }

  static func check(_ input: [UInt8]) throws {
    guard let choice = input.first else { return }
    let bytes = Array(input.dropFirst())
    let sender: WebSocketSender = choice & 1 == 0 ? .client : .server
    let deflate = choice & 2 == 0 ? nil : try agreed(choice)
    let whole = try Reading([bytes], from: sender, deflate)
    for pieces in Pieces.ways(of: bytes) {
      try demand(try Reading(pieces, from: sender, deflate) == whole, "the messages depend on how the bytes are cut")
    }
    try demand(whole.wire.count <= bytes.count, "messages have more bytes than came")
    try checkForwarding(whole, from: sender, deflate)
    try checkBoundaries(bytes)
    try checkRoundTrip(bytes, from: sender)
  }

  private static func agreed(_ choice: UInt8) throws -> PerMessageDeflate? {
    var parameters = "permessage-deflate"
    if choice & 4 != 0 { parameters += "; server_no_context_takeover; client_no_context_takeover" }
    if choice & 8 != 0 { parameters += "; server_max_window_bits=\(8 + choice >> 5); client_max_window_bits=9" }
    return try PerMessageDeflate.agreed(
      request: [HTTPField(name: "Sec-WebSocket-Extensions", value: "permessage-deflate; client_max_window_bits")],
      response: [HTTPField(name: "Sec-WebSocket-Extensions", value: parameters)])
  }

  /// What we send on is read as what came: also where one message was replaced before.
  private static func checkForwarding(
    _ reading: Reading, from sender: WebSocketSender, _ deflate: PerMessageDeflate?
  ) throws {
    for replacesFirst in [false, true] {
      var writer = WebSocketWriter(from: sender, deflate: deflate) { 0x37fa_213d }
      var bytes: [UInt8] = []
      var expected: [ByteBuffer] = []
      var isFirst = replacesFirst
      for case .message(let message) in reading.events {
        let payload = isFirst ? ByteBuffer(string: "another text, in its place") : message.payload
        let out = isFirst ? writer.bytes(replacing: message, with: payload) : writer.bytes(of: message)
        bytes += Array(out.readableBytesView)
        expected.append(payload)
        isFirst = false
      }
      let again = try Reading([bytes], from: sender, deflate)
      let payloads = again.events.compactMap { if case .message(let message) = $0 { message.payload } else { nil } }
      try demand(
        payloads == expected, "a message that we sent on is read as another: \(String(describing: again.error))")
    }
  }

  /// Whoever only counts frames sees them end where the parser does.
  private static func checkBoundaries(_ bytes: [UInt8]) throws {
    var whole = WebSocketFrameBoundary()
    _ = whole.advance(over: ByteBuffer(bytes: bytes))
    for pieces in Pieces.ways(of: bytes) {
      var boundary = WebSocketFrameBoundary()
      for piece in pieces { _ = boundary.advance(over: ByteBuffer(bytes: piece)) }
      try demand(boundary.isBetweenFrames == whole.isBetweenFrames, "frames end elsewhere in pieces")
    }
    for sender in [WebSocketSender.client, .server] {
      var parser = WebSocketFrameParser(from: sender, allowsCompression: true, limits: limits)
      parser.append(ByteBuffer(bytes: bytes))
      var end = 0
      while let frame = try? parser.next() {
        end += frame.wire.readableBytes
        var boundary = WebSocketFrameBoundary()
        _ = boundary.advance(over: ByteBuffer(bytes: bytes[..<end]))
        try demand(boundary.isBetweenFrames, "a frame ends at byte \(end), and the boundary is elsewhere")
      }
    }
  }

  private static func checkRoundTrip(_ bytes: [UInt8], from sender: WebSocketSender) throws {
    let payload = ByteBuffer(bytes: bytes)
    let frame = WebSocketFrame.encode(.binary, payload, maskingKey: sender == .client ? 0x8001_ff7e : nil)
    let reading = try Reading([Array(frame.readableBytesView)], from: sender, nil)
    guard case .message(let message)? = reading.events.first else {
      throw BrokenPromise(description: "a frame that we wrote is refused: \(String(describing: reading.error))")
    }
    try demand(message.payload == payload, "a frame that we wrote holds something else")
    guard let small = MessageDeflater.deflate(payload, windowBits: 12) else { return }
    let inflater = try MessageInflater(keepsContext: false, windowBits: 12)
    try demand(try inflater.inflate(small, limit: bytes.count) == payload, "what we deflate inflates to something else")
  }
}
