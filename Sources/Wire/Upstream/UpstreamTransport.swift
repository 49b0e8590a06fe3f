internal import NIOCore

/// What carries one exchange at a time: an HTTP/1 connection, or a stream of an HTTP/2 connection.
protocol UpstreamTransport: AnyObject {
  /// Whose exchange it carries; `nil` before, and after end, failure or cancelling.
  var stream: PooledStream? { get set }
  var isHTTP2: Bool { get }
  var remoteAddress: String { get }
  var isWritable: Bool { get }
  /// It carried an exchange before, or shares its connection with one that did: it may have died unnoticed.
  var isReused: Bool { get }

  func send(head: RequestHead, framing: BodyFraming)
  func send(body: ByteBuffer)
  func end(trailers: [HTTPField])
  func flush()
  func cancel()
  func pauseReading()
  func resumeReading()
  func becomeRaw()
}
