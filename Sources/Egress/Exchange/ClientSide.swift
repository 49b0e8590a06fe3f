internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Wire

/// The client's end of one exchange; all calls on its event loop.
protocol ClientSide: AnyObject {
  /// Whether more may be written before the client has read what is there.
  var isWritable: Bool { get }

  func send(head: ResponseHead)
  /// - Parameters:
  ///   - body: the content.
  ///   - wire: the same with the upstream's own framing, for a client that speaks the same version.
  func send(body: ByteBuffer, wire: ByteBuffer)
  func end(trailers: [HTTPField], wire: ByteBuffer)
  func flush()
  /// The whole of an answer of our own.
  func answer(_ answer: LocalAnswer)
  /// Breaks off an answer that cannot be finished, so that the client sees that it was cut.
  func abort()
  func pauseReading()
  func resumeReading()
  /// The upstream switched protocols; gives who takes its bytes from here on.
  func switchProtocols(
    _ head: ResponseHead, to upstream: any UpstreamStream, of request: ClientRequest, exchange: Exchange,
    _ terms: AnswerTerms?
  ) -> (any UpstreamStreamDelegate)?
}
