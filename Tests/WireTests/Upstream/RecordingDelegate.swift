internal import NIOCore
internal import Synchronization

@testable internal import Wire

/// Passes what a stream tells to an asynchronous sequence.
final class RecordingDelegate: UpstreamStreamDelegate, Sendable {
  enum Event: Sendable {
    case head(ResponseHead)
    case body(content: ByteBuffer, wire: ByteBuffer)
    case end(trailers: [HTTPField], wire: ByteBuffer)
    case fail(WireError)
    case writable(Bool)
  }

  let events: AsyncStream<Event>
  private let continuation: AsyncStream<Event>.Continuation
  private let bytes = Mutex(0)

  init() {
    (events, continuation) = AsyncStream.makeStream()
  }

  /// Content bytes received so far.
  var receivedBytes: Int { bytes.withLock { $0 } }

  func upstreamDidReceive(head: ResponseHead) { continuation.yield(.head(head)) }

  func upstreamDidReceive(body: ByteBuffer, wire: ByteBuffer) {
    bytes.withLock { $0 += body.readableBytes }
    continuation.yield(.body(content: body, wire: wire))
  }

  func upstreamDidEnd(trailers: [HTTPField], wire: ByteBuffer) {
    continuation.yield(.end(trailers: trailers, wire: wire))
  }

  func upstreamDidFail(_ error: WireError) { continuation.yield(.fail(error)) }
  func upstreamWritabilityChanged(isWritable: Bool) { continuation.yield(.writable(isWritable)) }
  func upstreamReadComplete() {}
}
