internal import NIOCore

/// The parts of a request that might have to be sent again; references only, up to a bound.
struct RequestReplay {
  enum Step {
    case head(RequestHead, BodyFraming)
    case body(ByteBuffer)
    case end([HTTPField])

    func perform(on transport: any UpstreamTransport) {
      switch self {
      case .head(let head, let framing): transport.send(head: head, framing: framing)
      case .body(let bytes): transport.send(body: bytes)
      case .end(let trailers): transport.end(trailers: trailers)
      }
    }
  }

  private(set) var steps: [Step] = []
  private var bytes = 0
  /// Whether everything so far is kept, and what comes will be.
  var isKept = false

  /// - Parameter isOnlyCopy: nothing else has this part, so it is kept whatever its size.
  mutating func keep(_ step: Step, isOnlyCopy: Bool) {
    guard isKept else { return }
    if case .body(let buffer) = step {
      bytes += buffer.readableBytes
      guard bytes <= UpstreamLimits.replayBytes || isOnlyCopy else { return drop() }
    }
    steps.append(step)
  }

  mutating func drop() {
    isKept = false
    steps = []
  }
}
