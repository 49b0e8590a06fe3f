package import NIOCore

/// One message, put together from its frames and inflated.
package struct WebSocketMessage: Sendable, Equatable {
  package let isText: Bool
  /// Whether it was sent compressed.
  package let isCompressed: Bool
  /// What the application sent.
  package let payload: ByteBuffer
  /// The payloads of its frames without their masks: ``payload`` as it was compressed, where it was.
  package let content: ByteBuffer
  /// All of the message's frames exactly as they came, one after another, without the control frames between them.
  package let wire: ByteBuffer

  package init(isText: Bool, isCompressed: Bool, payload: ByteBuffer, content: ByteBuffer, wire: ByteBuffer) {
    self.isText = isText
    self.isCompressed = isCompressed
    self.payload = payload
    self.content = content
    self.wire = wire
  }
}
