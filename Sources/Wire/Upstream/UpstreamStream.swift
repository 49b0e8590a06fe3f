package import NIOCore

/// One exchange with an upstream: its request is sent through it, its answer comes to the ``UpstreamStreamDelegate``.
///
/// Bound to one event loop. The delegate is held until the answer has ended, failed or was cancelled.
package protocol UpstreamStream: AnyObject {
  var isHTTP2: Bool { get }
  /// Where the connection really goes; see ``UpstreamConnection/remoteAddress``.
  var remoteAddress: String { get }
  var isWritable: Bool { get }

  /// The request's head; once, before everything else.
  ///
  /// HTTP/1 writes ``RequestHead/raw`` as it is where there is one. Else the head is written from its properties,
  /// for a server (origin-form is the caller's business), with the fields that `framing` needs added and the ones that
  /// contradict it left out; cookie pieces of HTTP/2 are joined (RFC 9113 §8.2.3). HTTP/2 builds pseudo-header fields
  /// from method, scheme, authority and target and leaves out what belongs to a connection, but keeps `te: trailers`.
  ///
  /// - Parameter framing: of the request's body. `.none` ends the request; ``end(trailers:)`` may still be called.
  ///   `.untilClose` exists in responses only and counts as `.none`.
  func send(head: RequestHead, framing: BodyFraming)

  /// A piece of the body.
  ///
  /// HTTP/1 writes these bytes as they are, with one exception: where the head had no ``RequestHead/raw`` and `framing`
  /// is `.chunked` they are content, and become a chunk. So with a raw head and `.chunked` the caller passes *wire*
  /// bytes: chunk sizes, and at the end the last chunk and trailers. HTTP/2 always takes content.
  func send(body: ByteBuffer)

  /// The request is complete; flushes. After a raw head with `.chunked` HTTP/1 writes nothing here, since the last
  /// chunk was among the wire bytes; after a head without raw it writes last chunk and `trailers`. Of a raw stream:
  /// closes our side.
  func end(trailers: [HTTPField])

  /// Puts on the wire what was sent since the last time; heads and body pieces wait for it.
  func flush()

  /// Gives the exchange up: HTTP/1 closes the connection unless nothing was sent, HTTP/2 resets the stream (CANCEL).
  func cancel()

  /// No more is read from the other side until ``resumeReading()``; at most what one read had already asked for comes.
  func pauseReading()
  func resumeReading()

  /// After a 101 or a 2xx to CONNECT (HTTP/1 only): from here on bytes go both ways as they are. To be called when the
  /// head comes, or later; nothing behind the head is read before.
  func becomeRaw()
}
