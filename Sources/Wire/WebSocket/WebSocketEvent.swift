/// A message, or a frame about the connection itself.
package enum WebSocketEvent: Sendable, Equatable {
  case message(WebSocketMessage)
  /// Its payload is content too: up to 125 bytes that somebody could put something into.
  case ping(WebSocketFrame)
  case pong(WebSocketFrame)
  /// `code` is `nil` where the frame has no body.
  case close(code: UInt16?, reason: String, WebSocketFrame)
}
