internal import Evidence
internal import NIOCore

/// The request's way.
extension HTTP1Connection {
  func send(head: RequestHead, framing: BodyFraming) {
    guard let context, !progress.hasBegun else { return }
    let bytes: ByteBuffer
    do {
      bytes = try head.bytes(framedBy: framing)
    } catch {
      return abandon(
        WireError(.requestUnwritable, at: destination.description, "the request cannot be written as HTTP/1: \(error)"))
    }
    chunksContent = framing == .chunked && head.raw == nil
    progress.requestBegan()
    parser.expectResponse(to: head)
    let written = context.eventLoop.makePromise(of: Void.self)
    written.futureResult.assumeIsolated().whenSuccess { self.headWasTaken() }
    context.write(wrapOutboundOut(bytes), promise: written)
    switch framing {
    case .none, .untilClose, .length(0): end(trailers: [])
    case .length, .chunked: return
    }
  }

  private func headWasTaken() {
    hasSentHead = true
    stream?.transportDidSendHead()
  }

  func send(body: ByteBuffer) {
    guard let context, body.readableBytes > 0, !progress.hasEndedRequest || raw != .none else { return }
    context.write(wrapOutboundOut(chunksContent ? ChunkedEncoding.chunk(body) : body), promise: nil)
  }

  func end(trailers: [HTTPField]) {
    guard let context else { return }
    if raw == .active || raw == .inputEnded { return endRaw(context) }
    guard progress.hasBegun, !progress.hasEndedRequest else { return context.flush() }
    if chunksContent {
      do {
        context.write(wrapOutboundOut(try ChunkedEncoding.end(trailers: trailers)), promise: nil)
      } catch {
        return abandon(
          WireError(.requestUnwritable, at: destination.description, "the trailers cannot be written: \(error)"))
      }
    }
    progress.requestEnded()
    context.flush()
    settle()
  }

  private func endRaw(_ context: ChannelHandlerContext) {
    context.flush()
    context.close(mode: raw == .inputEnded ? .all : .output, promise: nil)
  }

  func flush() {
    context?.flush()
  }

  func cancel() {
    stream = nil
    if progress.hasBegun || !parser.isReusable {
      channel.closeBothSides()
    } else {
      peer.http1Ended(self, isReusable: true)
    }
  }

  func pauseReading() {
    isPaused = true
  }

  func resumeReading() {
    guard isPaused else { return }
    isPaused = false
    context?.read()
  }

  func becomeRaw() {
    guard raw == .none else { return }
    raw = .wanted
    startRaw()
  }
}
