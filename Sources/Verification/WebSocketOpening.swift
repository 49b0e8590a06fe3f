/// A request for a WebSocket (RFC 6455 §4.1), as far as the scripted destination answers it.
struct WebSocketOpening {
  let path: String
  private let compresses: Bool

  /// - Returns: `nil` for any other request, and for one that is not whole.
  init?(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
    let parts = lines[0].split(separator: " ")
    let fields = lines.dropFirst().map { $0.lowercased() }
    guard parts.count == 3, fields.contains(""), fields.contains("upgrade: websocket") else { return nil }
    path = String(parts[1])
    compresses = fields.contains { $0.hasPrefix("sec-websocket-extensions:") && $0.contains("permessage-deflate") }
  }

  /// To the key of RFC 6455 §1.3, which all attempts use.
  var answer: String {
    let lines = [
      "HTTP/1.1 101 Switching Protocols", "Connection: Upgrade", "Upgrade: websocket",
      "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
    ]
    let extensions = compresses ? ["Sec-WebSocket-Extensions: permessage-deflate"] : []
    return (lines + extensions).joined(separator: "\r\n") + "\r\n\r\n"
  }

  /// Whether a frame that begins so closes (RFC 6455 §5.2).
  static func ends(_ first: UInt8) -> Bool { first & 0x0f == 8 }

  /// A text that says who sent it.
  static let message: [UInt8] = [0x81, 18] + Array("x-sallyport-verify".utf8)
}
