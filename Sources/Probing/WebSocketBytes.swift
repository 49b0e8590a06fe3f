/// As much of a WebSocket (RFC 6455) as an opening, one message and what comes of it need, over a connection without TLS.
enum WebSocketBytes {
  /// The key of RFC 6455 §1.3, whose answer every server can know by heart.
  private static let key = "dGhlIHNhbXBsZSBub25jZQ=="

  enum Opcode: UInt8 {
    case continuation = 0
    case text = 1
    case ping = 9
  }

  /// Opens one at the host that policy lets through and sends frames.
  static func send(_ frames: [[UInt8]], at path: String, _ place: ProbePlace, isAllowed: Bool = false) -> Found {
    switch Requests.tunnel(to: "\(ProbePlace.allowed):80", place) {
    case .failed(let found): return found
    case .open(let connection):
      let head = [
        "GET \(path) HTTP/1.1", "Host: \(ProbePlace.allowed)", "Connection: Upgrade", "Upgrade: websocket",
        "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: \(key)", "Sec-WebSocket-Extensions: permessage-deflate",
      ]
      connection.send(head.joined(separator: "\r\n") + "\r\n\r\n")
      let bytes = connection.receiveAll { String(decoding: $0, as: UTF8.self).range(of: "\r\n\r\n") != nil }
      guard let answer = HTTPAnswer(bytes) else { return Found(.closed, "no opening") }
      guard answer.status == 101 else { return answer.found() }
      for frame in frames { connection.send(frame) }
      let said = connection.receiveAll { isFromDestination($0) || closing(in: $0) != nil }
      if isFromDestination(said) { return isAllowed ? Found(.destination) : Found(.succeeded, "from the destination") }
      return closing(in: said).map { Found(.sallyport, "\($0)") } ?? Found(.closed)
    }
  }

  /// A client's frame, below 65,536 bytes.
  static func frame(
    _ opcode: Opcode, _ payload: [UInt8], isFinal: Bool = true, isCompressed: Bool = false
  ) -> [UInt8] {
    let mask: [UInt8] = [0x5a, 0x11, 0xc3, 0x7e]
    let length: [UInt8] =
      payload.count < 126
      ? [0x80 | UInt8(payload.count)] : [0x80 | 126, UInt8(payload.count >> 8 & 0xff), UInt8(payload.count & 0xff)]
    let masked = payload.enumerated().map { $0.element ^ mask[$0.offset % 4] }
    return [(isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0) | opcode.rawValue] + length + mask + masked
  }

  private static func isFromDestination(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes, as: UTF8.self).range(of: HTTPAnswer.markOfDestination) != nil
  }

  /// The code of the server's closing frame (RFC 6455 §5.5.1).
  private static func closing(in bytes: [UInt8]) -> Int? {
    var offset = 0
    while bytes.count >= offset + 4 {
      var (start, length) = (offset + 2, Int(bytes[offset + 1] & 0x7f))
      if length > 125 { (start, length) = (offset + 4, Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3])) }
      guard bytes.count >= start + length else { return nil }
      if bytes[offset] & 0x0f == 8, length >= 2 { return Int(bytes[start]) << 8 | Int(bytes[start + 1]) }
      offset = start + length
    }
    return nil
  }
}
