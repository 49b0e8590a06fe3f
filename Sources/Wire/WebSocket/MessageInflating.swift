package import NIOCore

/// Inflates the messages of one direction in their order; each may refer back to those before it.
package protocol MessageInflating: AnyObject {
  /// - Parameter limit: bytes that the message may have.
  /// - Throws: `compression` for what is no deflate data, `messageTooLarge` beyond the limit.
  func inflate(_ payload: ByteBuffer, limit: Int) throws(WebSocketError) -> ByteBuffer
}
