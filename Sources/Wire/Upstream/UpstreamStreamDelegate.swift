package import NIOCore

/// Who receives what an upstream answers; every call is on the stream's event loop.
///
/// In order: any number of informational heads, one final head, body pieces, one end. Instead of anything still due a
/// failure may come, and nothing after it. After ``UpstreamStream/cancel()`` nothing comes at all.
package protocol UpstreamStreamDelegate: AnyObject {
  /// A head: informational ones have a status below 200, and another follows (101 is final).
  func upstreamDidReceive(head: ResponseHead)
  /// A piece of the body, or of the other protocol after ``UpstreamStream/becomeRaw()``.
  ///
  /// - Parameters:
  ///   - body: the content; may be empty where only framing came.
  ///   - wire: HTTP/1: the bytes as they came, chunk framing included; HTTP/2: the same as `body`.
  func upstreamDidReceive(body: ByteBuffer, wire: ByteBuffer)
  /// The answer is complete; of a raw stream: the other side sends no more.
  ///
  /// - Parameter wire: HTTP/1: the last chunk and trailer section as they came; else empty.
  func upstreamDidEnd(trailers: [HTTPField], wire: ByteBuffer)
  func upstreamDidFail(_ error: WireError)
  /// Whether more may be sent now; what is sent all the same waits in memory.
  func upstreamWritabilityChanged(isWritable: Bool)
  /// All that was read together has been delivered: the moment to flush what was written elsewhere because of it.
  func upstreamReadComplete()
}
