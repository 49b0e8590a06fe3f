package import NIOCore

/// Decides which bytes of one direction go on: those that came, or others in their place.
///
/// With context takeover a compressed message refers back to the ones before it. Once the receiver has not seen one
/// of them as it was, the sender's later bytes mean nothing to it, and each is written anew.
package struct WebSocketWriter: ~Copyable {
  private let sender: WebSocketSender
  private let deflate: PerMessageDeflate?
  private let nextMaskingKey: @Sendable () -> UInt32
  /// The receiver's window no longer holds what the sender thinks.
  package private(set) var hasDiverged = false

  /// - Parameters:
  ///   - sender: whose messages these are: those of a client are masked.
  ///   - deflate: what was agreed on.
  ///   - maskingKey: unpredictable each time (RFC 6455 §5.3).
  package init(
    from sender: WebSocketSender, deflate: PerMessageDeflate?,
    maskingKey: @escaping @Sendable () -> UInt32 = { .random(in: .min ... .max) }
  ) {
    self.sender = sender
    self.deflate = deflate
    nextMaskingKey = maskingKey
  }

  /// The bytes of a message that goes on as it is.
  ///
  /// A server's are exactly those that came. A client's content is the same and its frames are ours: in masks, in empty
  /// fragments and in lengths written long, a client could say what nobody has looked into.
  package func bytes(of message: WebSocketMessage) -> ByteBuffer {
    if hasDiverged, message.isCompressed { return encode(message.payload, isText: message.isText) }
    guard sender == .client else { return message.wire }
    return WebSocketFrame.encode(
      message.isText ? .text : .binary, message.content, isCompressed: message.isCompressed, maskingKey: maskingKey())
  }

  /// The bytes of a control frame that goes on as it is, in the same way.
  package func bytes(of control: WebSocketFrame) -> ByteBuffer {
    guard sender == .client else { return control.wire }
    return WebSocketFrame.encode(control.opcode, control.payload, maskingKey: maskingKey())
  }

  /// The bytes of `payload` in the place of what the message held.
  package mutating func bytes(replacing message: WebSocketMessage, with payload: ByteBuffer) -> ByteBuffer {
    diverge(after: message)
    return encode(payload, isText: message.isText)
  }

  /// The message does not go on.
  package mutating func drop(_ message: WebSocketMessage) {
    diverge(after: message)
  }

  /// A close frame in this direction.
  package func close(_ code: UInt16, reason: String) -> ByteBuffer {
    WebSocketFrame.close(code, reason: reason, maskingKey: maskingKey())
  }

  private mutating func diverge(after message: WebSocketMessage) {
    guard message.isCompressed, let deflate, deflate.keepsContext(of: sender) else { return }
    hasDiverged = true
  }

  private func encode(_ payload: ByteBuffer, isText: Bool) -> ByteBuffer {
    let compressed = deflate.flatMap { MessageDeflater.deflate(payload, windowBits: $0.windowBits(of: sender)) }
    return WebSocketFrame.encode(
      isText ? .text : .binary, compressed ?? payload, isCompressed: compressed != nil, maskingKey: maskingKey())
  }

  private func maskingKey() -> UInt32? {
    sender == .client ? nextMaskingKey() : nil
  }
}
