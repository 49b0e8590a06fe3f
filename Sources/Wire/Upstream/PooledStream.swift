internal import Evidence
internal import NIOCore

/// The stream that a caller holds: carries calls to a transport and events back, and once replaces a transport that
/// turns out to have died in the pool.
///
/// That happens only when the upstream cannot have seen any of the request: no byte of it was taken by the socket, or
/// an HTTP/2 peer says that it did not process it (RFC 9113 §8.7). The request is sent again from references kept until
/// that is decided.
final class PooledStream: UpstreamStream {
  private let pool: UpstreamPool
  let request: UpstreamRequest
  private var delegate: (any UpstreamStreamDelegate)?
  private var transport: (any UpstreamTransport)?
  private var replay = RequestReplay()
  private var isPaused = false
  private var isReplacing = false
  private var headTimeout: Scheduled<Void>?
  private(set) var isHTTP2 = false
  private(set) var remoteAddress = ""

  init(pool: UpstreamPool, request: UpstreamRequest, delegate: any UpstreamStreamDelegate) {
    self.pool = pool
    self.request = request
    self.delegate = delegate
  }

  /// The transport for the first or the second time.
  func attach(_ transport: any UpstreamTransport) {
    self.transport = transport
    transport.stream = self
    isHTTP2 = transport.isHTTP2
    remoteAddress = transport.remoteAddress
    if !isReplacing { replay.isKept = transport.isReused }
  }

  var isWritable: Bool { !isReplacing && (transport?.isWritable ?? false) }

  func send(head: RequestHead, framing: BodyFraming) {
    replay.keep(.head(head, framing), isOnlyCopy: isReplacing)
    transport?.send(head: head, framing: framing)
  }

  func send(body: ByteBuffer) {
    replay.keep(.body(body), isOnlyCopy: isReplacing)
    transport?.send(body: body)
  }

  func end(trailers: [HTTPField]) {
    replay.keep(.end(trailers), isOnlyCopy: isReplacing)
    startHeadTimeout()
    transport?.end(trailers: trailers)
  }

  func flush() {
    transport?.flush()
  }

  func cancel() {
    let transport = finished()
    transport?.cancel()
  }

  func pauseReading() {
    isPaused = true
    transport?.pauseReading()
  }

  func resumeReading() {
    isPaused = false
    transport?.resumeReading()
  }

  func becomeRaw() {
    transport?.becomeRaw()
  }

  /// Ends the relation with transport and delegate, which both hold this object.
  private func finished() -> (any UpstreamTransport)? {
    defer { transport = nil }
    headTimeout?.cancel()
    headTimeout = nil
    replay.drop()
    delegate = nil
    return transport
  }

  private func startHeadTimeout() {
    guard let time = pool.configuration.responseHeadTimeout, delegate != nil, headTimeout == nil else { return }
    headTimeout = pool.loop.assumeIsolated().scheduleTask(in: time) {
      let transport = self.transport
      self.transportDidFail(
        WireError(
          .timedOut, at: self.request.destination.description,
          "no answer within \(time.nanoseconds / 1_000_000_000) seconds."), isUnprocessed: false)
      transport?.cancel()
    }
  }
}

/// What the transport says.
extension PooledStream {
  func transportDidReceive(head: ResponseHead) {
    replay.drop()
    if head.status >= 200 || head.status == 101 { headTimeout?.cancel() }
    delegate?.upstreamDidReceive(head: head)
  }

  func transportDidReceive(body: ByteBuffer, wire: ByteBuffer) {
    delegate?.upstreamDidReceive(body: body, wire: wire)
  }

  func transportDidEnd(trailers: [HTTPField], wire: ByteBuffer) {
    let delegate = delegate
    _ = finished()
    delegate?.upstreamDidEnd(trailers: trailers, wire: wire)
  }

  /// Of a raw stream: ours may go on.
  func transportDidEndReading() {
    delegate?.upstreamDidEnd(trailers: [], wire: ByteBuffer())
  }

  /// Of a raw stream whose both sides have ended.
  func transportDidClose() {
    _ = finished()
  }

  func transportWritabilityChanged(isWritable: Bool) {
    delegate?.upstreamWritabilityChanged(isWritable: isWritable)
  }

  func transportReadComplete() {
    delegate?.upstreamReadComplete()
  }

  /// The socket took the first bytes: from here on the upstream may have seen them.
  func transportDidSendHead() {
    replay.drop()
  }

  /// - Parameter isUnprocessed: the upstream cannot have acted on the request.
  func transportDidFail(_ error: WireError, isUnprocessed: Bool) {
    guard delegate != nil else { return }
    transport = nil
    guard isUnprocessed, replay.isKept, !isReplacing else { return fail(error) }
    isReplacing = true
    delegate?.upstreamWritabilityChanged(isWritable: false)
    pool.replacement(for: request).assumeIsolated().whenComplete { self.replaced($0) }
  }

  private func replaced(_ result: Result<any UpstreamTransport, any Error>) {
    switch result {
    case .failure(let error): fail(WireError(upstream: error, at: request.destination))
    case .success(let transport):
      guard delegate != nil else { return transport.cancel() }
      attach(transport)
      isReplacing = false
      let steps = replay.steps
      replay.drop()
      if isPaused { transport.pauseReading() }
      for step in steps { step.perform(on: transport) }
      transport.flush()
      if transport.isWritable { delegate?.upstreamWritabilityChanged(isWritable: true) }
    }
  }

  private func fail(_ error: WireError) {
    let delegate = delegate
    _ = finished()
    delegate?.upstreamDidFail(error)
  }
}
