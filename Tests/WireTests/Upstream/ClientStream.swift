internal import NIOCore

@testable internal import Wire

/// A stream of the pool, used from a test's task.
final class ClientStream {
  let loop: any EventLoop
  let recorder: RecordingDelegate
  private let stream: NIOLoopBound<any UpstreamStream>
  private var events: AsyncStream<RecordingDelegate.Event>.Iterator

  init(_ stream: NIOLoopBound<any UpstreamStream>, recorder: RecordingDelegate, loop: any EventLoop) {
    self.stream = stream
    self.recorder = recorder
    self.loop = loop
    events = recorder.events.makeAsyncIterator()
  }

  struct Answer {
    var informational: [Int] = []
    var head = ResponseHead(status: 0)
    var body = ByteBuffer()
    var wire = ByteBuffer()
    var trailers: [HTTPField] = []

    var text: String { String(buffer: body) }
  }

  /// Does something with the stream on its loop.
  @discardableResult
  func perform<Result: Sendable>(_ body: @escaping @Sendable (any UpstreamStream) -> Result) async throws -> Result {
    let stream = stream
    return try await loop.submit { body(stream.value) }.get()
  }

  func next() async -> RecordingDelegate.Event? {
    await events.next(isolation: #isolation)
  }

  /// The next event but for changes of writability.
  func nextOfAnswer() async -> RecordingDelegate.Event? {
    while let event = await next() {
      if case .writable = event { continue }
      return event
    }
    return nil
  }

  /// Everything up to the end; throws the failure.
  func answer() async throws -> Answer {
    var answer = Answer()
    while let event = await next() {
      switch event {
      case .head(let head) where head.status < 200 && head.status != 101: answer.informational.append(head.status)
      case .head(let head): answer.head = head
      case .body(var content, var wire):
        answer.body.writeBuffer(&content)
        answer.wire.writeBuffer(&wire)
      case .end(let trailers, var wire):
        answer.wire.writeBuffer(&wire)
        answer.trailers = trailers
        return answer
      case .fail(let error): throw error
      case .writable: continue
      }
    }
    throw WireError(.connectionLost, at: "test", "the events ended")
  }
}
