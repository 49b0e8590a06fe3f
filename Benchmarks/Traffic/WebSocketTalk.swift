internal import NIOCore

/// A client's side of a WebSocket: opens it, sends messages that must come back as they were, and closes.
struct WebSocketTalk {
  enum Next {
    case say(ByteBuffer)
    case listen
    case end
    case fail
  }

  private static let messages = 20

  private var opening = MessageLength()
  private var isOpen = false
  private var received = ByteBuffer()
  private var echoed = 0

  static func opening(host: String) -> ByteBuffer {
    ByteBuffer(
      string: "GET /socket HTTP/1.1\r\nhost: \(host)\r\nuser-agent: bench/1.0\r\nconnection: Upgrade\r\n"
        + "upgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: \(WebSocketFrames.key)\r\n\r\n")
  }

  mutating func read(_ bytes: inout ByteBuffer, body: ByteBuffer) -> Next {
    if !isOpen {
      guard let message = opening.next(&bytes) else { return .listen }
      guard message.firstLine.contains(" 101") else { return .fail }
      isOpen = true
      return .say(WebSocketFrames.frame(WebSocketFrames.text, body, isMasked: true))
    }
    received.writeImmutableBuffer(bytes)
    guard let (opcode, payload) = WebSocketFrames.next(&received) else { return .listen }
    if opcode == WebSocketFrames.close { return .end }
    guard opcode == WebSocketFrames.text, payload == body else { return .fail }
    echoed += 1
    let isLast = echoed == Self.messages
    return .say(
      isLast
        ? WebSocketFrames.frame(WebSocketFrames.close, ByteBuffer(bytes: [0x03, 0xe8]), isMasked: true)
        : WebSocketFrames.frame(WebSocketFrames.text, body, isMasked: true))
  }
}
